using System.CommandLine;
using System.Globalization;

namespace Iexec.Cli.Frame;

/// <summary>How arguments and options are written down, in helps and in the page of all commands: <c>&lt;needed&gt;</c>, <c>[optional]</c>, <c>…</c> for several.</summary>
internal static class CommandForms
{
    /// <summary>With a space before it.</summary>
    public static string Of(Argument argument)
    {
        var many = argument.Arity.MaximumNumberOfValues > 1 ? " …" : "";
        return argument.Arity.MinimumNumberOfValues > 0 ? $" <{argument.Name}{many}>" : $" [{argument.Name}{many}]";
    }

    /// <summary>e.g. <c>--chain &lt;name|id&gt;</c>.</summary>
    public static string Of(Option option) =>
        option.ValueType == typeof(bool) ? option.Name
        : option.Arity.MinimumNumberOfValues == 0 ? $"{option.Name} [{Value(option)}]"
        : $"{option.Name} <{Value(option)}>";

    /// <summary>Its other names too.</summary>
    public static string WithAliases(Option option) => string.Join(", ", option.Aliases.Order(StringComparer.Ordinal).Prepend(Of(option)));

    /// <summary>What it is for, and what is taken if it is not given.</summary>
    public static string Description(Option option) => option is { HasDefaultValue: true, Required: false } && option.ValueType != typeof(bool) && option.GetDefaultValue() is IConvertible value
            ? $"{option.Description} (default: {value.ToString(CultureInfo.InvariantCulture)})"
        : option.Required ? $"{option.Description} (required)"
        : option.Description ?? "";

    // A port is a port, whosever it is.
    private static string Value(Option option) => option.HelpName ?? (option.Name.EndsWith("-port", StringComparison.Ordinal) ? "port" : "value");
}
