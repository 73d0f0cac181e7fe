using System.Text.Json;

namespace Iexec.Market.Http.Docs;

/// <summary>The operations as OpenAPI 3.0.3, for tools that make clients and for the page.</summary>
internal static class OpenApiDocument
{
    public static void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("openapi", "3.0.3");
        writer.WriteStartObject("info");
        writer.WriteString("title", "iexec order gateway");
        writer.WriteString("version", "1");
        writer.WriteString("description", "Every request but /version names its chain. Replies are JSON with ok; failures carry error. Amounts are in nRLC per task.");
        writer.WriteEndObject();
        writer.WritePropertyName("components");
        writer.WriteRawValue("""{"securitySchemes":{"challenge":{"type":"apiKey","in":"header","name":"authorization"}}}""");
        writer.WriteStartObject("paths");
        foreach (var path in ApiOperations.All.GroupBy(operation => operation.Path))
        {
            writer.WriteStartObject(path.Key);
            foreach (var operation in path)
            {
                writer.WritePropertyName(operation.Method);
                WriteOperation(writer, operation);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteOperation(Utf8JsonWriter writer, ApiOperation operation)
    {
        writer.WriteStartObject();
        writer.WriteString("summary", operation.Summary);
        if (operation.IsFormer)
        {
            writer.WriteBoolean("deprecated", true);
        }

        writer.WriteStartArray("parameters");
        foreach (var parameter in operation.Parameters)
        {
            writer.WriteStartObject();
            writer.WriteString("name", parameter.Name);
            writer.WriteString("in", operation.Names(parameter) ? "path" : "query");
            writer.WriteString("description", parameter.Description);
            writer.WriteBoolean("required", parameter.IsRequired || operation.Names(parameter));
            writer.WriteStartObject("schema");
            writer.WriteString("type", parameter.Type);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        if (operation.Body is not null)
        {
            writer.WritePropertyName("requestBody");
            writer.WriteRawValue($"{{\"required\":true,\"content\":{{\"application/json\":{{\"schema\":{{\"type\":\"object\"}},\"example\":{operation.Body}}}}}}}");
        }

        if (operation.NeedsLogin)
        {
            writer.WritePropertyName("security");
            writer.WriteRawValue("""[{"challenge":[]}]""");
        }

        writer.WritePropertyName("responses");
        writer.WriteRawValue("""{"200":{"description":"ok is true."},"default":{"description":"ok is false, and error says why."}}""");
        writer.WriteEndObject();
    }
}
