package io.ferrypay.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What documents point to is there: tests that prove something, pages, decisions. */
class DocumentsTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".git", ".ferry");
    private static final Pattern TEST = Pattern.compile("`(\\w+Test)`");
    private static final Pattern PAGE = Pattern.compile("`((?:docs/|\\.\\./)?[\\w./-]+\\.md)`");
    private static final Pattern DECISION = Pattern.compile("\\bADR (\\d+)");
    private static final List<Path> documents = new ArrayList<>();
    private static final Set<String> tests = new HashSet<>();

    @BeforeAll
    static void look() throws IOException {
        Files.walkFileTree(
                ROOT,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path folder, BasicFileAttributes attributes) {
                        return NOT_OURS.contains(String.valueOf(folder.getFileName()))
                                ? FileVisitResult.SKIP_SUBTREE
                                : FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                        var name = file.getFileName().toString();
                        if (name.endsWith("Test.java")) {
                            tests.add(name.replace(".java", ""));
                        } else if (name.endsWith(".md")) {
                            documents.add(file);
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
        assertThat(documents).hasSizeGreaterThan(20);
    }

    @Test
    void tests_that_are_named_as_proof_exist() throws IOException {
        var missing = new ArrayList<String>();
        for (var document : documents) {
            var named = TEST.matcher(Files.readString(document)).results();
            named.map(found -> found.group(1))
                    .filter(test -> !tests.contains(test))
                    .forEach(test -> missing.add(ROOT.relativize(document) + ": " + test));
        }

        assertThat(missing).isEmpty();
    }

    @Test
    void pages_and_decisions_that_are_named_exist() throws IOException {
        var missing = new ArrayList<String>();
        var decisions = new HashSet<Integer>();
        try (var files = Files.list(ROOT.resolve("docs/adr"))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> Character.isDigit(name.charAt(0)))
                    .forEach(name -> decisions.add(Integer.valueOf(name.substring(0, 4))));
        }
        for (var document : documents) {
            var text = Files.readString(document);
            PAGE.matcher(text)
                    .results()
                    .map(found -> found.group(1))
                    .filter(page ->
                            !Files.exists(ROOT.resolve(page))
                                    && !Files.exists(document.resolveSibling(page)))
                    .forEach(page -> missing.add(ROOT.relativize(document) + ": " + page));
            DECISION.matcher(text)
                    .results()
                    .map(found -> Integer.valueOf(found.group(1)))
                    .filter(decision -> !decisions.contains(decision))
                    .forEach(decision ->
                            missing.add(ROOT.relativize(document) + ": ADR " + decision));
        }

        assertThat(missing).isEmpty();
    }
}
