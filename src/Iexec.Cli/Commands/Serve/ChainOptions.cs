using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Ethereum.JsonRpc;
using Iexec.Sdk.Chains;
using Iexec.Sdk.Errors;

namespace Iexec.Cli.Commands.Serve;

/// <summary>The chain of a role: an entry of <c>chain.json</c>, or node and hub by options, where a server has no project folder.</summary>
internal sealed class ChainOptions
{
    private readonly Option<string?> _host = new("--host") { Description = "JSON-RPC node (default: host of the chain in chain.json)", HelpName = "url" };
    private readonly Option<string?> _hub = new("--hub") { Description = "address of the PoCo contracts (default: hub of the chain)", HelpName = "address" };
    private readonly Option<string?> _state = new("--state")
    {
        Description = "folder of the role's state (default: $IEXEC_HOME or ~/.iexec)", HelpName = "folder",
    };

    public void AddTo(Command command)
    {
        command.Add(_host);
        command.Add(_hub);
        command.Add(_state);
    }

    public string StateFolder(CommandContext context) => context.Get(_state) is { Length: > 0 } folder
        ? Path.GetFullPath(folder, context.Environment.WorkingFolder)
        : Host.Network.NetworkOptions.DefaultStateFolder();

    public async Task<ChainSettings> ReadAsync(CommandContext context)
    {
        var host = Values.Url(context.Get(_host), "--host");
        Ethereum.Address? hub = context.Get(_hub) is { } text ? Values.Address(text, "--hub") : null;
        if (host is null || context.IsChainNamed)
        {
            var named = context.Chain();
            return named with { Host = host ?? named.Host, Hub = hub ?? named.Hub };
        }

        var asking = new ChainSettings { Name = host.Authority, Id = 0, Host = host };
        var id = await asking.ReadingAsync(() => new EthClient(new JsonRpcClient(context.Http.Quick, host)).GetChainIdAsync(context.Cancellation));
        var known = KnownChains.Find(id) ?? asking;
        return known with
        {
            Id = id,
            Host = host,
            Hub = hub ?? known.Hub ?? throw new IexecException(
                ErrorCode.ConfigurationError, $"The contracts of chain {id} are not known.", "Give the address of the hub with --hub <address>."),
        };
    }
}
