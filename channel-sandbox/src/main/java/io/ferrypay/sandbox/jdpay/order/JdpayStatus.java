package io.ferrypay.sandbox.jdpay.order;

/** Where an order stands, with JD's number for it. */
public enum JdpayStatus {
    CREATED(0),
    PROCESSING(1),
    SUCCESS(2),
    FAILED(3),
    CLOSED(4);

    private final int number;

    JdpayStatus(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }
}
