using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Poco.Registries;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Project;

namespace Iexec.Cli.Commands.Assets;

/// <summary>The asset that a command is about: named, or the latest of <c>deployed.json</c>.</summary>
internal static class AssetChoice
{
    public static Argument<string?> Argument(AssetKind kind) => new($"{kind.JsonName()}Address")
    {
        Description = $"else the {kind.JsonName()} of deployed.json", Arity = ArgumentArity.ZeroOrOne,
    };

    /// <summary>The address; <c>deployed</c> and nothing mean <c>deployed.json</c>.</summary>
    /// <exception cref="IexecException">ValidationError: none is named and none was deployed.</exception>
    public static Address Read(CommandContext context, AssetKind kind, string? text, ulong chainId) => text is null or "deployed"
        ? context.Project.Deployed.Find(kind, chainId) ?? throw new IexecException(
            ErrorCode.ValidationError, $"No {kind.JsonName()} in \"deployed.json\" for chain {chainId}", $"Name its address, or deploy one: iexec {kind.JsonName()} deploy")
        : Address.Parse(text);
}
