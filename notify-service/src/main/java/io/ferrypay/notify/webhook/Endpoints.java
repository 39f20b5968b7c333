package io.ferrypay.notify.webhook;

import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import org.springframework.data.domain.Limit;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.Query;

/**
 * All webhook endpoints that have not been deleted, and for their deliveries' sake those that have.
 */
interface Endpoints extends JpaRepository<Endpoint, String> {

    @Query(
            "select e from Endpoint e where e.id = :id and e.merchantId = :merchantId and e.livemode = :livemode and (e.disabledReason is null or e.disabledReason <> 'deleted')")
    Optional<Endpoint> find(String id, String merchantId, boolean livemode);

    /** As it is when all others are done with it; whoever changes it too waits. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query(
            "select e from Endpoint e where e.id = :id and e.merchantId = :merchantId and e.livemode = :livemode and (e.disabledReason is null or e.disabledReason <> 'deleted')")
    Optional<Endpoint> findToChange(String id, String merchantId, boolean livemode);

    @Query(
            "select e from Endpoint e where e.merchantId = :merchantId and e.livemode = :livemode and e.id < :before"
                    + " and (e.disabledReason is null or e.disabledReason <> 'deleted') order by e.id desc")
    List<Endpoint> newestBefore(String merchantId, boolean livemode, String before, Limit limit);

    @Query(
            "select count(e) from Endpoint e where e.merchantId = :merchantId and e.livemode = :livemode and (e.disabledReason is null or e.disabledReason <> 'deleted')")
    long countOf(String merchantId, boolean livemode);
}
