using System.Collections;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Iexec.Poco.Orders;
using Iexec.Sdk.Wire.Scheduler;

namespace Tests.Network.Fuzz;

/// <summary>JSON that nearly is what a service expects: the members of the records on the wire, with values of the right type or of any other.</summary>
internal sealed class WireObjects(Random random, Func<string> word)
{
    private const int Deepest = 4;

    private static readonly Type[] Records =
        [.. typeof(SchedulerRoutes).Assembly.GetTypes().Where(type => type.Namespace?.StartsWith("Iexec.Sdk.Wire.", StringComparison.Ordinal) == true && IsRecord(type)).OrderBy(type => type.FullName)];

    private static readonly string[] Names =
    [
        .. Records.SelectMany(type => type.GetProperties()).Select(Name).Concat(OrderSchemas.App.Members.Select(member => member.Name)).Concat(OrderSchemas.Request.Members.Select(member => member.Name))
            .Concat(["order", "sign", "target", "find", "orderHash", "chainId"]).Distinct().Order(StringComparer.Ordinal),
    ];

    /// <summary>Names that services know, in bodies and in queries.</summary>
    public static IReadOnlyList<string> KnownNames => Names;

    /// <summary>An object, mostly.</summary>
    public JsonNode? Next() => random.Next(3) switch
    {
        0 => Any(0),
        1 => new JsonObject { ["order"] = Members(OrderSchemas.Request.Members.Concat(OrderSchemas.App.Members).Select(member => member.Name).Append("sign").Distinct()) },
        _ => Object(Records[random.Next(Records.Length)], 0),
    };

    private JsonObject Object(Type type, int depth)
    {
        var result = new JsonObject();
        foreach (var property in type.GetProperties().Where(_ => random.Next(8) > 0))
        {
            result[Name(property)] = random.Next(6) == 0 ? Any(depth) : Of(property.PropertyType, depth + 1);
        }

        return result;
    }

    private JsonObject Members(IEnumerable<string> names) => new(names.Where(_ => random.Next(12) > 0).Select(name => KeyValuePair.Create(name, random.Next(3) == 0 ? Any(1) : Of(typeof(string), 1))));

    private JsonNode? Of(Type type, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type switch
        {
            _ when depth > Deepest => null,
            { IsEnum: true } => JsonNamingPolicy.SnakeCaseUpper.ConvertName(type.GetEnumNames()[random.Next(type.GetEnumNames().Length)]),
            _ when type == typeof(bool) => random.Next(2) == 0,
            _ when type.IsPrimitive => JsonNode.Parse(random.Next(3) == 0 ? "-1" : $"{random.NextInt64(1L << random.Next(1, 62))}"),
            _ when type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)) => new JsonArray([.. Enumerable.Range(0, random.Next(3)).Select(_ => Any(depth))]),
            _ when IsRecord(type) && type.Namespace!.StartsWith("Iexec.Sdk.Wire.", StringComparison.Ordinal) => Object(type, depth),
            _ => word(),
        };
    }

    private JsonNode? Any(int depth) => random.Next(depth > Deepest ? 5 : 7) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => JsonNode.Parse(Numbers[random.Next(Numbers.Length)]),
        3 or 4 => word(),
        5 => new JsonArray([.. Enumerable.Range(0, random.Next(4)).Select(_ => Any(depth + 1))]),
        _ => Members(Enumerable.Range(0, random.Next(6)).Select(_ => Names[random.Next(Names.Length)]).Distinct()),
    };

    private static readonly string[] Numbers = ["0", "-0", "1", "-1", "1.5", "1e3", "1e308", "9007199254740993", "18446744073709551616", "115792089237316195423570985008687907853269984665640564039457584007913129639936"];

    private static bool IsRecord(Type type) => type.GetMethod("<Clone>$", BindingFlags.Public | BindingFlags.Instance) is not null;

    private static string Name(PropertyInfo property) =>
        property.GetCustomAttribute<System.Text.Json.Serialization.JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);
}
