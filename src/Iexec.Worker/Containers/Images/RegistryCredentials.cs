using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Iexec.Worker.Containers.Images;

/// <summary>User names and passwords of registries, by host. Sent to the engine for that registry only, never logged.</summary>
public sealed partial class RegistryCredentials(IReadOnlyDictionary<string, (string User, string Password)> byRegistry)
{
    /// <summary>Anonymous everywhere.</summary>
    public static RegistryCredentials None { get; } = new(new Dictionary<string, (string, string)>());

    /// <summary>The header <c>X-Registry-Auth</c>: base64url of a JSON object, empty for an anonymous call.</summary>
    internal string HeaderFor(string registry)
    {
        var body = byRegistry.TryGetValue(registry, out var login)
            ? new AuthBody(login.User, login.Password, registry == "docker.io" ? "https://index.docker.io/v1/" : registry)
            : new AuthBody(null, null, null);
        var json = JsonSerializer.Serialize(body, AuthJson.Default.AuthBody);
        return Convert.ToBase64String(Encoding.UTF8.GetBytes(json)).Replace('+', '-').Replace('/', '_');
    }

    internal sealed record AuthBody(
        [property: JsonPropertyName("username")] string? User,
        [property: JsonPropertyName("password")] string? Password,
        [property: JsonPropertyName("serveraddress")] string? Server);

    [JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonSerializable(typeof(AuthBody))]
    internal sealed partial class AuthJson : JsonSerializerContext;
}
