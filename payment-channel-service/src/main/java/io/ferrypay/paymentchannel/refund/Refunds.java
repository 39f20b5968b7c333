package io.ferrypay.paymentchannel.refund;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All refunds there ever were. */
interface Refunds extends Repository<Refund, String> {

    /**
     * Nobody else moves the refund until the transaction ends. To be the transaction's first read.
     */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("from Refund r where r.id = :id")
    Optional<Refund> lock(String id);

    /** The lock of {@link #lockByNumber} without the refund. */
    @NativeQuery("select 1 from refund where refund_number = :refundNumber for no key update")
    Optional<Integer> holdByNumber(String refundNumber);

    /** As {@link #lock}. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("from Refund r where r.refundNumber = :refundNumber")
    Optional<Refund> lockByNumber(String refundNumber);

    /** How much of an order's charge has gone back, in the currency of its channel. */
    @NativeQuery(
            "select coalesce(sum(channel_amount_minor), 0) from refund where order_number = :orderNumber and status = 'succeeded'")
    long minorUnitsGivenBack(String orderNumber);

    Optional<Refund> findByIdAndMerchantIdAndLivemode(
            String id, String merchantId, boolean livemode);

    @Query(
            """
            select r.id from Refund r
             where r.merchantId = :merchantId and r.livemode = :livemode
               and r.merchantReference = :reference
            """)
    Optional<String> withReference(String merchantId, boolean livemode, String reference);

    /** Newest first, older than {@code before}; at most {@code limit}. */
    @Query(
            """
            from Refund r
             where r.merchantId = :merchantId and r.livemode = :livemode and r.id < :before
               and (:status is null or r.status = :status)
             order by r.id desc
             limit :limit
            """)
    List<Refund> page(
            String merchantId,
            boolean livemode,
            String before,
            @Nullable RefundStatus status,
            int limit);

    /** How many of {@link #page} there are, counted up to {@code enough}. */
    @NativeQuery(
            """
            select count(*) from (
                select 1 from refund
                 where merchant_id = :merchantId and livemode = :livemode and id < :before
                   and (cast(:status as text) is null or status = :status)
                 limit :enough) counted
            """)
    long count(
            String merchantId,
            boolean livemode,
            String before,
            @Nullable String status,
            long enough);

    /** As {@link #page}, of one payment. */
    @Query(
            """
            from Refund r
             where r.paymentId = :paymentId and r.id < :before
               and (:status is null or r.status = :status)
             order by r.id desc
             limit :limit
            """)
    List<Refund> pageOf(String paymentId, String before, @Nullable RefundStatus status, int limit);

    /** Refunds of an order that may have happened or may still happen. */
    @Query(
            """
            select count(*) from Refund r
             where r.orderNumber = :orderNumber
               and r.status <> io.ferrypay.paymentchannel.refund.RefundStatus.FAILED
            """)
    long countOf(String orderNumber);

    /** Whether the channel may be busy with another refund of that order. */
    @Query(
            """
            select count(*) > 0 from Refund r
             where r.orderNumber = :orderNumber and r.id <> :id and r.nextStepAt is not null
               and r.submission <> io.ferrypay.paymentchannel.refund.Submission.WAITING
            """)
    boolean isAnotherUnderWay(String orderNumber, String id);

    /**
     * What it is time to do something about, the longest due first.
     *
     * @param resting accounts whose refunds stay where they are
     */
    @Query(
            """
            select r.id from Refund r
             where r.nextStepAt <= :now and r.accountId not in :resting
             order by r.nextStepAt limit :limit
            """)
    List<String> due(Instant now, Set<String> resting, int limit);

    Refund save(Refund refund);

    <S extends Refund> List<S> saveAll(Iterable<S> refunds);

    void flush();
}
