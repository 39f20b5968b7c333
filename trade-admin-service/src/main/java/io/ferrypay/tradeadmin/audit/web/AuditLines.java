package io.ferrypay.tradeadmin.audit.web;

import io.ferrypay.tradeadmin.audit.ReadAudit;
import java.io.OutputStream;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON object a line: the hash before the first entry, the entries, and the chain's head. What
 * was hashed stands in them as text, so that nothing is lost by reading.
 */
final class AuditLines extends AuditFile {

    private final JsonMapper json;
    private final Function<ReadAudit.Kept, AuditController.EntryView> view;

    AuditLines(
            OutputStream out,
            JsonMapper json,
            Function<ReadAudit.Kept, AuditController.EntryView> view) {
        super(out);
        this.json = json;
        this.view = view;
    }

    @Override
    public void begin(long firstSequence, String previousHash) {
        line(
                Map.of(
                        "object",
                        "audit_export",
                        "first_sequence",
                        firstSequence,
                        "previous_hash",
                        previousHash));
    }

    @Override
    public void entry(ReadAudit.Kept kept) {
        var tree = (tools.jackson.databind.node.ObjectNode) json.valueToTree(view.apply(kept));
        tree.put("before", kept.entry().before());
        tree.put("after", kept.entry().after());
        line(tree);
    }

    @Override
    public void end(ReadAudit.Head head) {
        line(Map.of("object", "audit_head", "sequence", head.sequence(), "hash", head.hash()));
    }

    private void line(Object value) {
        write(() -> out.append(json.writeValueAsString(value)).append('\n'));
    }
}
