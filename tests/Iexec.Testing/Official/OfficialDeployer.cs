using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Crypto;
using Iexec.Poco.Chain;
using Iexec.Testing.Contracts;

namespace Iexec.Testing.Official;

/// <summary>
/// Deploys the official contracts as they ran in production: token, proxy, library of order hashes, modules, registries, configuration
/// and the five categories. The deployer owns them.
/// </summary>
public sealed class OfficialDeployer(BlockSender sender, AnvilProcess node, PrivateKey owner)
{
    private static readonly AbiSignature UpdateContract = new("updateContract(address,string,string)");
    private static readonly AbiSignature InitializeRegistry = new("initialize(address)");
    private static readonly AbiSignature Configure = new("configure(address,string,string,uint8,address,address,address,address)");
    private static readonly AbiSignature CreateCategory = new("createCategory(string,string,uint256)");

    /// <summary>The addresses; in native mode the token is zero.</summary>
    public async Task<HubConfiguration> DeployAsync(EscrowMode mode = EscrowMode.Token)
    {
        var token = mode == EscrowMode.Token ? await sender.CreateAsync(owner, "RLC", TokenCode) : Address.Zero;
        var update = await CreateAsync(OfficialModules.Update);
        var hub = await CreateAsync(OfficialModules.Proxy, arguments: new AbiWriter().Address(update).ToArray());
        var library = await CreateAsync(OfficialModules.OrdersLibrary);
        foreach (var name in OfficialModules.Of(mode))
        {
            await LinkAsync(hub, library, OfficialArtifact.Load(name));
        }

        var apps = await RegistryAsync("AppRegistry");
        var datasets = await RegistryAsync("DatasetRegistry");
        var workerpools = await RegistryAsync("WorkerpoolRegistry");
        await SendAsync(hub, Configure, new AbiWriter()
            .Address(token).String("Staked RLC").String("SRLC").Uint(9).Address(apps).Address(datasets).Address(workerpools).Address(Address.Zero));
        await CreateCategoriesAsync(hub);
        return (await JsonRpcHub.ConnectAsync(node.Eth, hub, CancellationToken.None)).Configuration;
    }

    /// <summary>A receiver of results (ERC-1154) of the original's tests: it stores what it gets and burns about 90,000 gas.</summary>
    public static byte[] CallbackCode => OfficialArtifact.Load("TestClient").Link();

    /// <summary>The original's RLC, all of which the creator gets.</summary>
    public static byte[] TokenCode => OfficialArtifact.Load("RLC").Link();

    private async Task LinkAsync(Address hub, Address library, OfficialArtifact module)
    {
        var address = await CreateAsync(module, library);
        var functions = string.Concat(module.Functions.Select(function => function + ";"));
        await SendAsync(hub, UpdateContract, new AbiWriter().Address(address).String(functions).String("Linking " + module.Name));
    }

    private async Task<Address> RegistryAsync(string name)
    {
        var registry = await CreateAsync(name);
        await SendAsync(registry, InitializeRegistry, new AbiWriter().Address(Address.Zero));
        return registry;
    }

    private async Task CreateCategoriesAsync(Address hub)
    {
        foreach (var (name, description, seconds) in ((string, string, ulong)[])
        [
            ("XS", "up to 5 minutes of execution", 300),
            ("S", "up to 20 minutes of execution", 1_200),
            ("M", "up to 1 hour of execution", 3_600),
            ("L", "up to 3 hours of execution", 10_800),
            ("XL", "up to 10 hours of execution", 36_000),
        ])
        {
            await SendAsync(hub, CreateCategory, new AbiWriter().String(name).String($"\"{description}\"").Uint(seconds));
        }
    }

    private Task<Address> CreateAsync(string name, byte[]? arguments = null) => CreateAsync(OfficialArtifact.Load(name), null, arguments);

    private Task<Address> CreateAsync(OfficialArtifact contract, Address? library, byte[]? arguments = null) =>
        sender.CreateAsync(owner, contract.Name, [.. contract.Link(library), .. arguments ?? []]);

    private async Task SendAsync(Address contract, AbiSignature function, AbiWriter arguments)
    {
        var receipt = await sender.SendAsync(new TestTransaction(owner, contract, arguments.ToCallData(function.Selector)));
        if (!receipt.Succeeded)
        {
            throw new InvalidOperationException($"{function.Canonical} of {contract} reverted.");
        }
    }
}
