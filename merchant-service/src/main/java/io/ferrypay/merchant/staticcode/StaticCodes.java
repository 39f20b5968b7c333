package io.ferrypay.merchant.staticcode;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/** All static codes ever made. */
interface StaticCodes extends JpaRepository<StaticCode, String> {

    Optional<StaticCode> findByIdAndMerchantIdAndMode(String id, String merchantId, String mode);

    /** Nobody else changes it until the transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query(
            "select c from StaticCode c where c.id = :id and c.merchantId = :merchantId and c.mode = :mode")
    Optional<StaticCode> lock(String id, String merchantId, String mode);

    /**
     * Those of a store that can be paid by; nobody else changes them until the transaction ends.
     */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query(
            "select c from StaticCode c where c.storeId = :storeId and c.status = 'active' order by c.id")
    List<StaticCode> lockActiveOf(String storeId);

    @Query(
            "select c from StaticCode c where c.merchantId = :merchantId and c.mode = :mode and c.id < :before order by c.id desc")
    List<StaticCode> newestBefore(String merchantId, String mode, String before, Limit limit);

    boolean existsByMerchantIdAndModeAndSerialStem(
            String merchantId, String mode, String serialStem);
}
