package dev.beckon.crd.generator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.util.regex.Pattern;

/** YAML as people write it: few quotes, no folded lines. */
final class DefinitionYaml {
    static final YAMLMapper MAPPER = YAMLMapper.builder(
                    YAMLFactory.builder().stringQuotingChecker(new TimesToo()).build())
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES, YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .disable(YAMLGenerator.Feature.SPLIT_LINES, YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .build();

    private DefinitionYaml() {}

    static String write(JsonNode definition) {
        try {
            return "# Generated from the classes of dev.beckon.crd: change those, then run GeneratedFilesTest with -Dbeckon.update=true\n"
                    + MAPPER.writeValueAsString(definition);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can always be written", e);
        }
    }

    /** In YAML 1.1, which Ansible and Python's client read, {@code 20:00} without quotes is a number to the base of 60. */
    private static final class TimesToo extends StringQuotingChecker.Default {
        private static final long serialVersionUID = 1;
        private static final Pattern BASE_60 = Pattern.compile("[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?");

        @Override
        public boolean needToQuoteValue(String value) {
            return BASE_60.matcher(value).matches() || super.needToQuoteValue(value);
        }
    }
}
