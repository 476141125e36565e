package dev.beckon.demo.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class PostsTest {
    private static final JsonNode WRITTEN_HERE = yaml("""
            metadata: {name: news, namespace: team}
            spec: {content: {posts: [{text: From now on the news come here.}, {text: We read together on Friday.}]}}
            """);
    private static final JsonNode IN_A_CONFIG_MAP = yaml("""
            metadata: {name: books, namespace: team}
            spec: {content: {configMapRef: {name: posts}}}
            """);
    private static final JsonNode POSTS = yaml("""
            metadata: {name: posts, namespace: team}
            data:
              01.md: The book of the month is here.
              02.txt: |
                ---
                image: sun.png
                ---
                It is about the sea.
              notes: This is no post.
            """);
    private static final JsonNode OF_ANOTHER_TEAM = yaml("""
            metadata: {name: posts, namespace: other}
            data: {01.md: Nobody publishes this text.}
            """);

    private static JsonNode yaml(String text) {
        try {
            return new YAMLMapper().readTree(text);
        } catch (IOException e) {
            throw new IllegalArgumentException(text, e);
        }
    }

    @Test
    void textsOfTheResourceAndOfItsConfigMapAreSought() {
        assertThat(Posts.of(List.of(WRITTEN_HERE, IN_A_CONFIG_MAP), List.of(OF_ANOTHER_TEAM, POSTS)))
                .containsExactly(
                        "From now on the news come here.",
                        "We read together on Friday.",
                        "The book of the month is here.",
                        "It is about the sea.\n");
    }

    @Test
    void onlyTheConfigMapOfAScheduleIsLeftAlone() {
        assertThat(Posts.butForContents(List.of(OF_ANOTHER_TEAM, POSTS), List.of(WRITTEN_HERE, IN_A_CONFIG_MAP)))
                .containsExactly(OF_ANOTHER_TEAM);
        // Without a name in common there is none: a missing name is not the name of everything.
        assertThat(Posts.butForContents(List.of(yaml("{data: {a: b}}")), List.of(WRITTEN_HERE)))
                .hasSize(1);
    }
}
