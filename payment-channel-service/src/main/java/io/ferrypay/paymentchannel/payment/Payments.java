package io.ferrypay.paymentchannel.payment;

import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.Lock;
import org.springframework.data.jpa.repository.NativeQuery;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** All payments ever accepted. */
interface Payments extends Repository<Payment, String> {

    Optional<Payment> findById(String id);

    /**
     * Nobody else moves the payment until the transaction ends. To be the transaction's first read.
     */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query("from Payment p where p.id = :id")
    Optional<Payment> lock(String id);

    /** The same for the payment that an order of ours belongs to. */
    @Lock(LockModeType.PESSIMISTIC_WRITE)
    @Query(
            """
            from Payment p
             where p.id = (select a.paymentId from Attempt a where a.orderNumber = :orderNumber)
            """)
    Optional<Payment> lockOfOrder(String orderNumber);

    /** The lock of {@link #lockOfOrder} without the payment. */
    @NativeQuery(
            """
            select 1 from payment
             where id = (select payment_id from attempt where order_number = :orderNumber)
               for no key update
            """)
    Optional<Integer> holdOfOrder(String orderNumber);

    Optional<Payment> findByIdAndMerchantIdAndLivemode(
            String id, String merchantId, boolean livemode);

    Optional<Payment> findByMerchantReferenceAndMerchantIdAndLivemode(
            String merchantReference, String merchantId, boolean livemode);

    Optional<Payment> findByNonceHash(byte[] nonceHash);

    /** Newest first, older than {@code before}; at most {@code limit}. */
    @Query(
            """
            from Payment p
             where p.merchantId = :merchantId and p.livemode = :livemode and p.id < :before
               and p.id >= :firstId and p.createdAt >= :from and p.createdAt < :to
               and p.amountMinor between :least and :most
               and (:status is null or p.status = :status)
             order by p.id desc
             limit :limit
            """)
    List<Payment> page(
            String merchantId,
            boolean livemode,
            String before,
            String firstId,
            Instant from,
            Instant to,
            @org.jspecify.annotations.Nullable PaymentStatus status,
            long least,
            long most,
            int limit);

    /** As {@link #page}, of one printed code. */
    @Query(
            """
            from Payment p
             where p.staticCodeId = :staticCode
               and p.merchantId = :merchantId and p.livemode = :livemode and p.id < :before
               and p.id >= :firstId and p.createdAt >= :from and p.createdAt < :to
               and p.amountMinor between :least and :most
               and (:status is null or p.status = :status)
             order by p.id desc
             limit :limit
            """)
    List<Payment> pageOfStaticCode(
            String staticCode,
            String merchantId,
            boolean livemode,
            String before,
            String firstId,
            Instant from,
            Instant to,
            @org.jspecify.annotations.Nullable PaymentStatus status,
            long least,
            long most,
            int limit);

    /** How many of {@link #page} there are, counted up to {@code most}. */
    @NativeQuery(
            """
            select count(*) from (
                select 1 from payment
                 where merchant_id = :merchantId and livemode = :livemode and id < :before
                   and id >= :firstId and created_at >= :from and created_at < :to
                   and amount_minor between :least and :most
                   and (cast(:status as text) is null or status = :status)
                   and (cast(:staticCode as text) is null or static_code_id = :staticCode)
                 limit :enough) counted
            """)
    long count(
            String merchantId,
            boolean livemode,
            String before,
            String firstId,
            Instant from,
            Instant to,
            @org.jspecify.annotations.Nullable String status,
            @org.jspecify.annotations.Nullable String staticCode,
            long least,
            long most,
            long enough);

    void flush();
}
