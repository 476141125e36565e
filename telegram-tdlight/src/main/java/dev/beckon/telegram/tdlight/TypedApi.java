package dev.beckon.telegram.tdlight;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DatabindContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonTypeIdResolver;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.impl.TypeIdResolverBase;
import com.fasterxml.jackson.databind.node.ObjectNode;
import it.tdlight.jni.TdApi;
import java.util.Locale;

/**
 * The objects of TDLib's JSON as objects of the typed API, and back. Both are generated from one schema: a type
 * {@code setOption} with a field {@code new_value} is the class {@code SetOption} with the field {@code newValue}. A field that
 * the library's version does not know is left out, as TDLib does.
 */
final class TypedApi {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .visibility(PropertyAccessor.ALL, Visibility.NONE)
            .visibility(PropertyAccessor.FIELD, Visibility.PUBLIC_ONLY)
            .enable(MapperFeature.USE_BASE_TYPE_AS_DEFAULT_IMPL)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addMixIn(TdApi.Object.class, Named.class)
            .build();

    private TypedApi() {}

    /** @throws IllegalArgumentException when the typed API has no such request */
    static TdApi.Function<?> function(ObjectNode request) {
        try {
            return MAPPER.treeToValue(request, TdApi.Function.class);
        } catch (JsonProcessingException e) {
            // Without the cause: it quotes the request, which tells of people.
            throw new IllegalArgumentException("tdlight-java's API does not have all of "
                    + request.path("@type").asText());
        }
    }

    static ObjectNode json(TdApi.Object object) {
        return MAPPER.valueToTree(object);
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.CUSTOM, property = "@type")
    @JsonTypeIdResolver(ByName.class)
    private interface Named {}

    /** Made by Jackson. */
    static final class ByName extends TypeIdResolverBase {
        @Override
        public String idFromValue(Object value) {
            return idFromValueAndType(value, value.getClass());
        }

        @Override
        public String idFromValueAndType(Object value, Class<?> type) {
            String name = type.getSimpleName();
            return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
        }

        @Override
        public JavaType typeFromId(DatabindContext context, String id) {
            String name = id.substring(0, 1).toUpperCase(Locale.ROOT) + id.substring(1);
            try {
                return context.constructType(Class.forName(TdApi.class.getName() + "$" + name));
            } catch (ClassNotFoundException e) {
                // Jackson's word for a type that is not known.
                return null;
            }
        }

        @Override
        public JsonTypeInfo.Id getMechanism() {
            return JsonTypeInfo.Id.CUSTOM;
        }
    }
}
