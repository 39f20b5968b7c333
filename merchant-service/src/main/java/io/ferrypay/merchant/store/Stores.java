package io.ferrypay.merchant.store;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/** All stores ever opened. */
interface Stores extends JpaRepository<Store, String> {

    Optional<Store> findByIdAndMerchantIdAndMode(String id, String merchantId, String mode);

    /** Nobody closes or changes it until the transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_READ)
    @Query(
            "select s from Store s where s.id = :id and s.merchantId = :merchantId and s.mode = :mode")
    Optional<Store> hold(String id, String merchantId, String mode);

    /** Nobody begins anything in it until the transaction ends. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query(
            "select s from Store s where s.id = :id and s.merchantId = :merchantId and s.mode = :mode")
    Optional<Store> lock(String id, String merchantId, String mode);

    @Query(
            "select s from Store s where s.merchantId = :merchantId and s.mode = :mode and s.id < :before order by s.id desc")
    List<Store> newestBefore(String merchantId, String mode, String before, Limit limit);
}
