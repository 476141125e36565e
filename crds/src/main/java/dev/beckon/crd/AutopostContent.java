package dev.beckon.crd;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * Where the posts come from: exactly one source. The last one is declared so that its name keeps its meaning, and refused by this release.
 *
 * @param posts empty when another source is given
 */
@ValidationRule(
        value = "[has(self.posts), has(self.configMapRef), has(self.generated)].exists_one(given, given)",
        message = "content needs exactly one source: posts or configMapRef")
@ValidationRule(
        value = "!has(self.generated)",
        message =
                "content.generated is not supported by this release: posts are written by people; use posts or configMapRef",
        fieldPath = ".generated")
@JsonIgnoreProperties(ignoreUnknown = true)
public record AutopostContent(
        @Size(min = 1, max = 50)
        @ValidationRule(
                value = "self.all(p, !has(p.name) || self.exists_one(q, has(q.name) && q.name == p.name))",
                message = "two posts have the same name: a name is by which Beckon knows that a post was used")
        @ValidationRule(
                value = "self.all(p, has(p.name) || self.exists_one(q, !has(q.name) && q.text == p.text))",
                message =
                        "two posts have the same text: give each a name, or the second would count as used with the first")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @JsonPropertyDescription("Up to 50 posts, written here. More, or long ones, are better kept in a ConfigMap.")
        List<Post> posts,

        @JsonPropertyDescription(
                "A ConfigMap of which each key that ends in .md or .txt is a post, in the order of the names; the others are images."
                        + " A post is read when its turn comes.")
        ConfigMapRef configMapRef,

        @PreserveUnknownFields
        @JsonPropertyDescription("Not supported by this release: posts that a language model writes from a document.")
        Generated generated) {

    /**
     * Characters that Telegram is sure to show, of a text without links; of a text with links it is not told here. Marks count nothing, and
     * a character counts once though Telegram counts UTF-16 units: what this lets pass is judged by the operator, as soon as it is written, and
     * by the worker, before it publishes.
     */
    private static final String SHOWN =
            "self.text.contains('](') || self.text.replace('*', '').replace('_', '').replace('~', '').replace('|', '')"
                    + ".replace('`', '').replace('\\\\', '').size() <= ";

    public AutopostContent {
        posts = posts == null ? List.of() : List.copyOf(posts);
    }

    /** One post. Printed without its text. */
    @ValidationRule(
            value = "has(self.image) || " + SHOWN + "4096",
            message = "text is longer than the 4096 characters of a Telegram message: make two posts of it",
            fieldPath = ".text")
    @ValidationRule(
            value = "!has(self.image) || " + SHOWN + "1024",
            message =
                    "text is longer than the 1024 characters that Telegram shows below an image: shorten it, or leave the image out",
            fieldPath = ".text")
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Post(
            @Size(max = 63)
            @ValidationRule(
                    value = "self.matches('^[a-zA-Z0-9]([-._a-zA-Z0-9]*[a-zA-Z0-9])?$')",
                    message = "name is made of letters, digits, - . and _ only, such as welcome-1")
            @JsonPropertyDescription(
                    "By which Beckon knows that the post was used, also after its text was edited. Left out: text and image are, and"
                            + " an edited post is another one.")
            String name,

            @Required
            @Size(max = 8192)
            @ValidationRule(value = "self.trim() != ''", message = "text is blank: write what is to be published")
            @JsonPropertyDescription(
                    "The text, with the part of Markdown that Telegram can show: **bold**, *italic*, ~~struck~~, ||hidden||, `code`,"
                            + " blocks of code and [links](https://…). At most 4096 characters, 1024 below an image.")
            String text,

            @JsonPropertyDescription("An image above the text.")
            Image image) {

        @Override
        public String toString() {
            return "Post[]";
        }
    }

    /** An image. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Image(
            @Required @JsonPropertyDescription("The key of a ConfigMap (binaryData) that holds the image.")
            ImageKey configMapRef) {}

    /** One key of a ConfigMap. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ImageKey(
            @Required
            @Size(max = 253)
            @ValidationRule(value = Rules.SECRET_NAME, message = Rules.SECRET_NAME_MESSAGE)
            @JsonPropertyDescription("Name of the ConfigMap, in the namespace of this resource.")
            String name,

            @Required
            @Size(max = 253)
            @ValidationRule(
                    value = "self.matches('^[-._a-zA-Z0-9]+[.]([jJ][pP][eE]?[gG]|[pP][nN][gG])$')",
                    message = "key names a JPEG or PNG image and ends in .jpg, .jpeg or .png, such as launch.jpg")
            @JsonPropertyDescription("Key that holds the image, such as launch.jpg: a JPEG or PNG.")
            String key) {}

    /** A ConfigMap of the same namespace. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record ConfigMapRef(
            @Required
            @Size(max = 253)
            @ValidationRule(value = Rules.SECRET_NAME, message = Rules.SECRET_NAME_MESSAGE)
            @JsonPropertyDescription("Name of the ConfigMap, in the namespace of this resource.")
            String name) {}

    /** Declared, with whatever is in it, so that the refusal is a sentence. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Generated(
            @Size(max = 16) @JsonPropertyDescription("Whether a person approves each post.")
            String review) {}

    @Override
    public String toString() {
        return "AutopostContent[]";
    }
}
