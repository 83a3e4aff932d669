package io.twinflow.engine.server.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.databind.JavaType;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Describes our records as they are: what may be null is so in the description, and all else is
 * always there.
 */
@Component
class RecordSchemas implements ModelConverter {

  @Override
  public @Nullable Schema<?> resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    if (!chain.hasNext()) {
      return null;
    }
    Schema<?> schema = chain.next().resolve(type, context, chain);
    JavaType java = Json31.mapper().constructType(type.getType());
    if (schema != null && java.getRawClass().isRecord()) {
      describe(java.getRawClass(), model(schema, context.getDefinedModels()));
    }
    return schema;
  }

  private static Schema<?> model(Schema<?> schema, Map<String, Schema> defined) {
    String reference = schema.get$ref();
    Schema<?> model =
        reference == null ? null : defined.get(reference.substring(reference.lastIndexOf('/') + 1));
    return model == null ? schema : model;
  }

  private static void describe(Class<?> type, Schema<?> model) {
    if (model.getProperties() == null) {
      return;
    }
    List<String> always = new ArrayList<>();
    for (RecordComponent component : type.getRecordComponents()) {
      String name = name(component);
      Schema<?> property = model.getProperties().get(name);
      if (property == null) {
        continue;
      }
      if (component.isAnnotationPresent(JsonRawValue.class)) {
        asWritten(component, property);
      }
      if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
        model.getProperties().put(name, orNull(property));
      } else {
        always.add(name);
      }
    }
    Set<String> required = new LinkedHashSet<>(always);
    if (model.getRequired() != null) {
      required.addAll(model.getRequired());
    }
    model.setRequired(required.isEmpty() ? null : List.copyOf(required));
  }

  private static String name(RecordComponent component) {
    JsonProperty given = component.getAnnotation(JsonProperty.class);
    return given == null || given.value().isEmpty() ? component.getName() : given.value();
  }

  /** A text that is JSON: an object where we say so, else anything. */
  private static void asWritten(RecordComponent component, Schema<?> property) {
    io.swagger.v3.oas.annotations.media.Schema said =
        component.getAccessor().getAnnotation(io.swagger.v3.oas.annotations.media.Schema.class);
    boolean object = said != null && said.type().equals("object");
    property.setType(null);
    property.setTypes(object ? Set.of("object") : null);
  }

  private static Schema<?> orNull(Schema<?> property) {
    Schema<?> none = new Schema<>().types(Set.of("null"));
    if (property.get$ref() != null) {
      return new Schema<>().anyOf(List.of(new Schema<>().$ref(property.get$ref()), none));
    }
    if (property.getTypes() != null) {
      Set<String> types = new LinkedHashSet<>(property.getTypes());
      types.add("null");
      property.setTypes(types);
    }
    return property;
  }
}
