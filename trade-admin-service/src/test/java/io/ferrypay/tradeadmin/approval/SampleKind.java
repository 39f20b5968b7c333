package io.ferrypay.tradeadmin.approval;

import io.ferrypay.problem.ApiException;
import io.ferrypay.problem.CommonProblems;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A limit of something, kept in a table of its own by the tests. */
@Component
class SampleKind implements ApprovalKind<SampleKind.Limit> {

    static final int REFUSED = 13;

    /** Which requests were closed without effect, and how. */
    final Map<String, ApprovalStatus> closed = new ConcurrentHashMap<>();

    final Map<String, ApprovalStatus> unread = new ConcurrentHashMap<>();

    private final JdbcClient jdbc;

    SampleKind(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    record Limit(String of, int amount, int approvers) {}

    @Override
    public String name() {
        return "sample_limit";
    }

    @Override
    public Class<Limit> payload() {
        return Limit.class;
    }

    @Override
    public String askPermission() {
        return "sample:write";
    }

    @Override
    public String decidePermission() {
        return "sample:approve";
    }

    @Override
    public String subject(Limit payload) {
        return "limit/" + payload.of();
    }

    @Override
    public List<Change> diff(Limit payload) {
        var before =
                jdbc.sql("select amount from sample_limit where of = ?")
                        .param(payload.of())
                        .query(String.class)
                        .optional()
                        .orElse(null);
        return List.of(new Change("amount", before, String.valueOf(payload.amount())));
    }

    @Override
    public int approvers(Limit payload) {
        return payload.approvers();
    }

    @Override
    public boolean inBulk(Limit payload) {
        return payload.amount() <= 100;
    }

    @Override
    public void apply(Limit payload, Approval approval) {
        jdbc.sql(
                        "insert into sample_limit values (?, ?, 1) on conflict (of) do update set"
                                + " amount = excluded.amount, times = sample_limit.times + 1")
                .params(payload.of(), payload.amount())
                .update();
        if (payload.amount() == REFUSED) {
            throw ApiException.of(CommonProblems.NOT_FOUND);
        }
    }

    @Override
    public void closed(Limit payload, Approval approval) {
        closed.put(approval.id(), approval.status());
    }

    @Override
    public void closedUnread(Approval approval) {
        unread.put(approval.id(), approval.status());
    }
}
