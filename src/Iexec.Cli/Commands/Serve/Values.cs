using System.Net;
using Iexec.Sdk.Errors;

namespace Iexec.Cli.Commands.Serve;

/// <summary>Reads option values that several commands of roles share; what is wrong is said with the option's name.</summary>
internal static class Values
{
    public static Ethereum.Address Address(string text, string option) => Ethereum.Address.TryParse(text, out var address)
        ? address
        : throw new IexecException(ErrorCode.ValidationError, $"{option}: {text} is not a valid ethereum address");

    /// <summary>Null stays null.</summary>
    public static Uri? Url(string? text, string option) => text is null ? null
        : Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0 ? url
        : throw new IexecException(ErrorCode.ValidationError, $"{option}: {text} is not an http(s) URL");

    public static IPAddress ListenAddress(string text) => text switch
    {
        "localhost" => IPAddress.Loopback,
        "*" => IPAddress.Any,
        _ => IPAddress.TryParse(text, out var address)
            ? address
            : throw new IexecException(
                ErrorCode.ValidationError, $"--listen: {text} is not an address of this machine", "Give an IP address, e.g. 127.0.0.1 or 0.0.0.0."),
    };

    /// <summary>Values of a repeatable option that may also be separated by commas.</summary>
    public static string[] Many(string[]? values) =>
        [.. (values ?? []).SelectMany(value => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];

    public static IPAddress[] Addresses(string[]? values, string option) =>
        [.. Many(values).Select(text => IPAddress.TryParse(text, out var address)
            ? address
            : throw new IexecException(ErrorCode.ValidationError, $"{option}: {text} is not an IP address"))];
}
