using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Iexec.Ethereum;
using Iexec.Sdk.Orders;

namespace Iexec.Cli.Commands.Run;

/// <summary>What somebody wants to be run.</summary>
internal sealed record RunWish(
    string Target, IReadOnlyList<string> Inputs, string Args, UInt256 Category, UInt256 Trust, Address Workerpool, string? Registry, bool IsAgain)
{
    /// <summary>The purchase that fulfils it.</summary>
    public ExecutionRequest ToRequest(Address app, IReadOnlyList<Uri> inputs) => new()
    {
        App = app,
        Workerpool = Workerpool,
        Category = Category,
        Trust = Trust,
        Params = ExecutionParams.Create(null, Args.Length == 0 ? null : Args, [.. inputs.Select(url => url.AbsoluteUri)]) is { Length: > 0 } made ? made : "{}",
    };

    /// <summary>Equal for purchases that would compute the same.</summary>
    public static string KeyOf(ExecutionRequest request)
    {
        var text = new JsonArray(request.App.ToString(), request.Workerpool.ToString(), request.Category.ToString(), request.Trust.ToString(), request.Params).ToJsonString();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32];
    }

    /// <summary>One line of arguments, as a shell would have to read it.</summary>
    public static string Join(IReadOnlyList<string> args) => string.Join(' ', args.Select(arg =>
        arg.Length > 0 && !arg.Any(static c => char.IsWhiteSpace(c) || c is '"' or '\'' or '\\') ? arg : $"\"{arg.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""));
}
