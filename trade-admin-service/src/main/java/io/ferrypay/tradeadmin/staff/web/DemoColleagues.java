package io.ferrypay.tradeadmin.staff.web;

import io.ferrypay.identity.ForServices;
import io.ferrypay.tradeadmin.staff.KeepDemoColleagues;
import java.util.List;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** What {@code ./ferry demo --reconcile} orders. */
@RestController
@ForServices("job-service")
@ConditionalOnProperty("ferry.demo.colleagues")
class DemoColleagues {

    private final KeepDemoColleagues colleagues;

    DemoColleagues(KeepDemoColleagues colleagues) {
        this.colleagues = colleagues;
    }

    record Colleagues(List<KeepDemoColleagues.Colleague> data) {}

    @PostMapping(path = "/internal/demo/colleagues", produces = MediaType.APPLICATION_JSON_VALUE)
    Colleagues both() {
        return new Colleagues(colleagues.both());
    }
}
