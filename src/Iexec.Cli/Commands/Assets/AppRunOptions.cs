using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Poco.Deals;
using Iexec.Poco.Orders;
using Iexec.Poco.Registries;
using Iexec.Sdk.Orders;

namespace Iexec.Cli.Commands.Assets;

/// <summary>The options of <c>app run</c> that describe the execution.</summary>
internal sealed class AppRunOptions
{
    private readonly Option<string?> _dataset = Text("--dataset", "a dataset, or the one of deployed.json", "address|deployed");
    private readonly Option<string?> _workerpool = Text("--workerpool", "only this worker pool, or the one of deployed.json", "address|deployed");
    private readonly Option<string?> _args = Text("--args", "arguments of the app", "text");
    private readonly Option<string?> _inputFiles = Text("--input-files", "files for the app, as URLs with commas", "url,…");
    private readonly Option<string?> _params = Text("--params", "execution parameters, signed as they are", "json");
    private readonly Option<string?> _category = Text("--category", "class of execution time, 0 if not given; see iexec category show", "id");
    private readonly Option<string?> _tag = Text("--tag", "what the execution needs: tee and one of tdx, scone, gramine; gpu", "tag,…");
    private readonly Option<string?> _trust = Text("--trust", "a wrong result has a probability of at most 1/trust, 0 if not given", "number");
    private readonly Option<string[]> _secret = new("--secret")
    {
        Description = "secrets of the requester that the app may see", HelpName = "number=name …", AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<string?> _storage = Text("--storage-provider", "where the result goes: ipfs or dropbox", "provider");
    private readonly Option<bool> _encrypt = new("--encrypt-result") { Description = "encrypt the result for its beneficiary" };
    private readonly Option<string?> _beneficiary = Text("--beneficiary", "owner of the result, else the wallet", "address");
    private readonly Option<string?> _callback = Text("--callback", "contract that gets the result", "address");

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _dataset, _workerpool, _args, _inputFiles, _secret, _storage, _encrypt, _params, _category, _tag, _trust, _beneficiary, _callback })
        {
            command.Add(option);
        }
    }

    public ExecutionRequest Read(CommandContext context, string app, ulong chainId)
    {
        var tag = TagNames.Parse(context.Get(_tag) ?? "", TagPolicy.AnyFramework);
        var request = ReadAny(context, app, chainId, tag);
        // Before anything is asked of the network.
        DealParams.Parse(request.Params).Check(tag);
        return request;
    }

    private ExecutionRequest ReadAny(CommandContext context, string app, ulong chainId, Tag tag) => new()
    {
        App = Asset(context, AssetKind.App, app, chainId),
        Dataset = context.Get(_dataset) is { } dataset ? Asset(context, AssetKind.Dataset, dataset, chainId) : Address.Zero,
        Workerpool = context.Get(_workerpool) is { } pool ? Asset(context, AssetKind.Workerpool, pool, chainId) : Address.Zero,
        Category = UInt256.Parse(context.Get(_category) ?? "0"),
        Trust = UInt256.Parse(context.Get(_trust) ?? "0"),
        Tag = tag,
        Beneficiary = context.Get(_beneficiary) is { } beneficiary ? Address.Parse(beneficiary) : null,
        Callback = context.Get(_callback) is { } callback ? Address.Parse(callback) : Address.Zero,
        Params = ExecutionParams.Create(
            ExecutionParams.RequireJson(context.Get(_params)), context.Get(_args),
            context.Get(_inputFiles)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [], Extras(context)),
    };

    private ExecutionExtras Extras(CommandContext context) => new()
    {
        Secrets = ExecutionExtras.ParseSecrets(context.Get(_secret) ?? []), StorageProvider = context.Get(_storage), EncryptResult = context.Get(_encrypt),
    };

    private static Address Asset(CommandContext context, AssetKind kind, string text, ulong chainId) => AssetChoice.Read(context, kind, text, chainId);

    private static Option<string?> Text(string name, string description, string helpName) => new(name) { Description = description, HelpName = helpName };
}
