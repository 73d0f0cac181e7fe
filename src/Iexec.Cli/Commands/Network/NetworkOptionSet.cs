using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Host.Network;
using Iexec.Host.Roles;
using Iexec.Sdk.Errors;

namespace Iexec.Cli.Commands.Network;

/// <summary>Options of the commands that start or find the local network.</summary>
internal sealed class NetworkOptionSet
{
    private readonly Option<string?> _state = new("--state") { Description = "folder of the network's state (default: $IEXEC_HOME or ~/.iexec)", HelpName = "folder" };
    private readonly Option<ulong> _chainId = new("--chain-id") { Description = "id of the chain", HelpName = "id", DefaultValueFactory = _ => NetworkOptions.UsualChainId };
    private readonly Option<int> _workers = new("--workers") { Description = "workers of the pool", HelpName = "number", DefaultValueFactory = _ => 2 };
    private readonly Option<int> _blockTime = new("--block-time") { Description = "seconds between blocks; 0 mines each transaction at once", HelpName = "seconds", DefaultValueFactory = _ => 1 };
    private readonly Option<bool> _network = new("--allow-network") { Description = "let apps reach the internet" };
    private readonly Option<string?> _registry = new("--registry") { Description = "use this OCI registry instead of an own one", HelpName = "host:port" };
    private readonly List<(Option<int> Option, Func<NetworkPorts, int, NetworkPorts> Set)> _ports = [];

    public NetworkOptionSet()
    {
        foreach (var (role, port) in RoleTable.WithPort)
        {
            _ports.Add((new Option<int>(port.Option) { Description = $"port of the {role.Title}", DefaultValueFactory = _ => port.Default }, port.Set));
        }
    }

    /// <summary>What finds a network.</summary>
    public void AddPlaceTo(Command command)
    {
        command.Add(_state);
        command.Add(_chainId);
    }

    /// <summary>What starts one.</summary>
    public void AddAllTo(Command command)
    {
        AddPlaceTo(command);
        command.Add(_workers);
        command.Add(_blockTime);
        command.Add(_network);
        command.Add(_registry);
        foreach (var (option, _) in _ports)
        {
            command.Add(option);
        }
    }

    /// <summary>The values of a command that has all options.</summary>
    public NetworkOptions Read(CommandContext context)
    {
        var workers = context.Get(_workers);
        if (workers is < 1 or > 100)
        {
            throw new IexecException(ErrorCode.ValidationError, $"{workers} is not a number of workers", "Give --workers a number from 1 to 100.");
        }

        return ReadPlace(context) with
        {
            Workers = workers,
            BlockTimeSeconds = Math.Max(0, context.Get(_blockTime)),
            AllowContainerNetwork = context.Get(_network),
            RegistryAddress = context.Get(_registry),
            Ports = _ports.Aggregate(new NetworkPorts(), (ports, port) => port.Set(ports, context.Get(port.Option))),
        };
    }

    /// <summary>The values of a command that only finds a network; options that it does not have would read as 0.</summary>
    public NetworkOptions ReadPlace(CommandContext context) => new()
    {
        ChainId = context.Get(_chainId),
        StateFolder = context.Get(_state) is { Length: > 0 } folder
            ? Path.GetFullPath(folder, context.Environment.WorkingFolder)
            : NetworkOptions.DefaultStateFolder(),
        ProductFolder = ProductFolder.Find(),
    };
}
