package io.ferrypay.merchant.credential;

import io.ferrypay.identity.Mode;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

/** All API keys ever made. */
interface Credentials extends JpaRepository<Credential, String> {

    Optional<Credential> findBySecretHash(byte[] secretHash);

    Optional<Credential> findByIdAndMerchantIdAndMode(String id, String merchantId, Mode mode);

    @Query(
            "select c from Credential c where c.merchantId = :merchantId and c.mode = :mode and c.id < :before order by c.id desc")
    List<Credential> newestBefore(String merchantId, Mode mode, String before, Limit limit);

    boolean existsByReplaces(String id);
}
