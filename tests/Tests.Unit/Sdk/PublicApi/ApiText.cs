using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Tests.Unit.Sdk.PublicApi;

/// <summary>What an assembly promises to those who compile against it: a line for every public type and member, in a fixed order.</summary>
internal static class ApiText
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
    // Written by a program from the contracts, whose interface has a review of its own.
    private const string Bindings = "Iexec.Poco.Contracts";

    private static readonly NullabilityInfoContext Nullability = new();

    public static IReadOnlyList<string> Of(Assembly assembly) =>
    [
        .. assembly.GetExportedTypes().Where(type => type.Namespace != Bindings)
            .OrderBy(type => type.Namespace, StringComparer.Ordinal).ThenBy(TypeText.Name, StringComparer.Ordinal)
            .SelectMany(type => Members(type).Order(StringComparer.Ordinal).Select(member => "  " + member).Prepend(Head(type))),
    ];

    private static string Head(Type type)
    {
        var kind = type.IsEnum ? "enum"
            : type.IsInterface ? "interface"
            : type.IsValueType ? "struct"
            : type is { IsAbstract: true, IsSealed: true } ? "static class"
            : $"{(type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "")}{(type.GetMethod("<Clone>$") is null ? "class" : "record")}";
        var parents = type.GetInterfaces().Where(face => face.Namespace != "System" || !face.IsGenericType).Select(face => TypeText.Of(face)).Order(StringComparer.Ordinal);
        var all = type.BaseType is { } above && above != typeof(object) && !type.IsValueType && !type.IsEnum ? parents.Prepend(TypeText.Of(above)) : parents;
        var heirs = type.IsEnum ? "" : string.Join(", ", all);
        return $"{kind} {type.Namespace}.{TypeText.Of(type)}{(heirs.Length > 0 ? $" : {heirs}" : "")}";
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return Enum.GetNames(type).Select(name => $"{name} = {Convert.ToInt64(Enum.Parse(type, name), CultureInfo.InvariantCulture)}");
        }

        return type.GetMembers(Declared).Where(member => !member.IsDefined(typeof(CompilerGeneratedAttribute)) || member is PropertyInfo).Select(Text).OfType<string>();
    }

    private static string? Text(MemberInfo member) => member switch
    {
        FieldInfo field when Seen(field.IsPublic, field.IsFamily) =>
            $"{(field.IsLiteral ? $"const {TypeText.Of(field.FieldType)} {field.Name} = {field.GetRawConstantValue()}" : $"field {TypeText.Of(field.FieldType)} {field.Name}")}",
        PropertyInfo property when property.Name != "EqualityContract" && Accessors(property) is { Length: > 0 } accessors =>
            $"{Static(property.GetMethod ?? property.SetMethod!)}{TypeText.Of(property.PropertyType, Nullability.Create(property))} {property.Name} {{ {accessors} }}",
        ConstructorInfo made when Seen(made.IsPublic, made.IsFamily) => $"new({Parameters(made)})",
        MethodInfo method when Seen(method.IsPublic, method.IsFamily) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) =>
            $"{Static(method)}{TypeText.Of(method.ReturnType, Nullability.Create(method.ReturnParameter))} {method.Name}{Generic(method)}({Parameters(method)})",
        _ => null,
    };

    private static bool Seen(bool isPublic, bool isProtected) => isPublic || isProtected;

    private static string Static(MethodBase method) => method.IsStatic ? "static " : "";

    private static string Accessors(PropertyInfo property)
    {
        var get = property.GetMethod is { } reader && Seen(reader.IsPublic, reader.IsFamily) ? "get; " : "";
        var set = property.SetMethod is { } writer && Seen(writer.IsPublic, writer.IsFamily)
            ? writer.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? "init; " : "set; "
            : "";
        var required = property.IsDefined(typeof(RequiredMemberAttribute)) ? "required " : "";
        return (required + get + set).Trim();
    }

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>" : "";

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{(parameter.IsOut ? "out " : "")}{TypeText.Of(parameter.ParameterType, Nullability.Create(parameter))} {parameter.Name}{Default(parameter)}"));

    private static string Default(ParameterInfo parameter) => !parameter.HasDefaultValue ? ""
        : parameter.DefaultValue switch
        {
            null => parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null ? " = default" : " = null",
            string text => $" = \"{text}\"",
            bool flag => flag ? " = true" : " = false",
            var value => string.Create(CultureInfo.InvariantCulture, $" = {value}"),
        };
}
