package io.ferrypay.sandbox.wechat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerateWechatKeysTest {

    @TempDir Path folder;

    @Test
    void the_folder_holds_everything_both_sides_need() throws Exception {
        GenerateWechatKeys.main(folder.resolve("new/folder").toString());

        var keys = WechatKeys.load(folder.resolve("new/folder"));
        assertThat(keys.merchantSerial()).matches("[1-9A-F][0-9A-F]{39}");
        assertThat(keys.platformSerial())
                .matches("[1-9A-F][0-9A-F]{39}")
                .isNotEqualTo(keys.merchantSerial());
        assertThat(keys.apiV3Key().getEncoded()).hasSize(32);
    }

    @Test
    void only_the_owner_can_read_the_files() throws Exception {
        GenerateWechatKeys.generate(folder);

        try (var files = Files.list(folder)) {
            assertThat(files)
                    .hasSize(9)
                    .allSatisfy(file ->
                            assertThat(Files.getPosixFilePermissions(file))
                                    .isEqualTo(PosixFilePermissions.fromString("rw-------")));
        }
    }

    @Test
    void generating_again_changes_nothing() throws Exception {
        GenerateWechatKeys.generate(folder);
        var before = contents();

        GenerateWechatKeys.generate(folder);

        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void a_lost_file_is_replaced_together_with_what_belongs_to_it() throws Exception {
        GenerateWechatKeys.generate(folder);
        var before = contents();
        Files.delete(KeyFile.PLATFORM_CERTIFICATE.in(folder));

        GenerateWechatKeys.generate(folder);

        assertThat(WechatKeys.load(folder).platformSerial()).isNotEmpty();
        assertThat(contents())
                .containsEntry("merchant-key.pem", before.get("merchant-key.pem"))
                .doesNotContainEntry("platform-key.pem", before.get("platform-key.pem"));
    }

    @Test
    void a_folder_of_an_older_version_gets_what_it_lacks_and_keeps_the_rest() throws Exception {
        GenerateWechatKeys.generate(folder);
        var before = contents();
        Files.delete(KeyFile.V2_KEY.in(folder));
        Files.delete(KeyFile.APP_SECRET.in(folder));

        GenerateWechatKeys.generate(folder);

        var after = contents();
        assertThat(after.remove("v2-key.txt")).matches("[0-9A-Za-z]{32}");
        assertThat(after.remove("app-secret.txt")).matches("[0-9A-Za-z]{32}");
        before.keySet().removeAll(java.util.Set.of("v2-key.txt", "app-secret.txt"));
        assertThat(after).isEqualTo(before);
        assertThat(WechatKeys.load(folder).v2Key()).hasSize(32);
    }

    @Test
    void a_missing_file_is_named() throws Exception {
        GenerateWechatKeys.generate(folder);
        Files.delete(KeyFile.API_V3_KEY.in(folder));

        assertThatThrownBy(() -> WechatKeys.load(folder))
                .isInstanceOf(WechatKeysUnusable.class)
                .hasMessageContaining("api-v3-key.txt is missing");
    }

    @Test
    void a_key_that_is_not_the_certificates_is_refused(@TempDir Path other) throws Exception {
        GenerateWechatKeys.generate(folder);
        GenerateWechatKeys.generate(other);
        Files.copy(
                KeyFile.PLATFORM_KEY.in(other),
                KeyFile.PLATFORM_KEY.in(folder),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        assertThatThrownBy(() -> WechatKeys.load(folder))
                .isInstanceOf(WechatKeysUnusable.class)
                .hasMessageContaining("does not belong to platform-cert.pem");
    }

    @Test
    void a_short_api_key_is_refused() throws Exception {
        GenerateWechatKeys.generate(folder);
        Files.writeString(KeyFile.API_V3_KEY.in(folder), "short");

        assertThatThrownBy(() -> WechatKeys.load(folder))
                .isInstanceOf(WechatKeysUnusable.class)
                .hasMessageContaining("holds 5 characters");
    }

    @Test
    void no_folder_at_all_is_said_so() {
        assertThatThrownBy(() -> WechatKeys.load(null)).isInstanceOf(WechatKeysUnusable.class);
        assertThatThrownBy(() -> WechatKeys.load(folder.resolve("nowhere")))
                .isInstanceOf(WechatKeysUnusable.class)
                .hasMessageContaining("There is no folder");
    }

    private Map<String, String> contents() throws IOException {
        var contents = new TreeMap<String, String>();
        try (var files = Files.list(folder)) {
            for (var file : files.toList()) {
                contents.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return contents;
    }
}
