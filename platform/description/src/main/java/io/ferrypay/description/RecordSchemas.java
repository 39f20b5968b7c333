package io.ferrypay.description;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The schemas of records, with names as they are on the wire. Of an answer's record every field is
 * always there, {@code null} where the component is {@link Nullable}, unless it is said to be left
 * out; of a request's record those may be left out.
 */
public final class RecordSchemas extends ModelResolver {

    private static final String REFERENCE = "#/components/schemas/";
    private static final SnakeCaseStrategy NAMES = new SnakeCaseStrategy();

    private final Map<String, Class<?>> records = new ConcurrentHashMap<>();

    public RecordSchemas() {
        super(new ObjectMapper().setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE));
    }

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> next) {
        Schema<?> schema = super.resolve(type, context, next);
        if (schema != null && type.getType() != null) {
            var raw = _mapper.constructType(type.getType()).getRawClass();
            var name = schema.get$ref() == null ? schema.getName() : nameOf(schema.get$ref());
            if (raw.isRecord() && name != null) {
                records.put(name, raw);
            }
        }
        return schema;
    }

    /** Leaves out of a document whatever has no path that begins like that. */
    public static void keep(String prefix, OpenAPI api) {
        api.getPaths().keySet().removeIf(path -> !path.startsWith(prefix));
        var schemas = schemas(api);
        var kept = reachable(schemas, Stream.concat(requests(api), answers(api)).toList());
        api.getComponents().getSchemas().keySet().retainAll(kept);
    }

    private static Map<String, Schema<?>> schemas(OpenAPI api) {
        var schemas = new LinkedHashMap<String, Schema<?>>();
        api.getComponents().getSchemas().forEach(schemas::put);
        return schemas;
    }

    private static Stream<Schema<?>> requests(OpenAPI api) {
        return operations(api)
                .filter(operation -> operation.getRequestBody() != null)
                .flatMap(operation -> schemas(operation.getRequestBody().getContent()));
    }

    private static Stream<Schema<?>> answers(OpenAPI api) {
        return operations(api)
                .flatMap(operation -> operation.getResponses().values().stream())
                .filter(answer -> answer.getContent() != null)
                .flatMap(answer -> schemas(answer.getContent()));
    }

    private static Stream<Schema<?>> schemas(Content content) {
        return content.values().stream()
                .<Schema<?>>map(MediaType::getSchema)
                .filter(Objects::nonNull);
    }

    void beExact(OpenAPI api) {
        var schemas = schemas(api);
        var requests = reachable(schemas, requests(api).toList());
        schemas.forEach((name, schema) -> {
            var record = records.get(name);
            if (record != null && schema.getProperties() != null) {
                beExact(schema, record, requests.contains(name));
            }
        });
    }

    private static void beExact(Schema<?> schema, Class<?> record, boolean request) {
        var required = new TreeSet<String>();
        for (var component : record.getRecordComponents()) {
            var name = NAMES.translate(component.getName());
            var property = (Schema<?>) schema.getProperties().get(name);
            if (property == null) {
                continue;
            }
            var nullable = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
            if (nullable && !request && !leftOut(component)) {
                schema.getProperties().put(name, orNull(property));
            }
            if (!nullable || (!request && !leftOut(component))) {
                required.add(name);
            }
        }
        schema.setRequired(List.copyOf(required));
    }

    private static boolean leftOut(RecordComponent component) {
        var include = component.getAccessor().getAnnotation(JsonInclude.class);
        return include != null && include.value() == JsonInclude.Include.NON_NULL;
    }

    private static Schema<?> orNull(Schema<?> property) {
        if (property.get$ref() == null && property.getTypes() != null) {
            property.addType("null");
            return property;
        }
        var nothing = new Schema<>();
        nothing.addType("null");
        return new Schema<>().addOneOfItem(property).addOneOfItem(nothing);
    }

    private static Stream<Operation> operations(OpenAPI api) {
        return api.getPaths().values().stream().flatMap(path -> path.readOperations().stream());
    }

    private static Set<String> reachable(
            Map<String, Schema<?>> schemas, Collection<Schema<?>> from) {
        var found = new HashSet<String>();
        var left = new ArrayDeque<Schema<?>>(from);
        while (!left.isEmpty()) {
            var schema = left.pop();
            var name = schema.get$ref() == null ? null : nameOf(schema.get$ref());
            if (name != null && found.add(name) && schemas.containsKey(name)) {
                left.push(schemas.get(name));
            }
            Stream.of(schema.getOneOf(), schema.getAllOf(), schema.getAnyOf())
                    .filter(Objects::nonNull)
                    .flatMap(Collection::stream)
                    .forEach(part -> left.push(part));
            if (schema.getItems() != null) {
                left.push(schema.getItems());
            }
            if (schema.getProperties() != null) {
                schema.getProperties().values().forEach(property -> left.push(property));
            }
        }
        return found;
    }

    private static String nameOf(String reference) {
        return reference.startsWith(REFERENCE)
                ? reference.substring(REFERENCE.length())
                : reference;
    }
}
