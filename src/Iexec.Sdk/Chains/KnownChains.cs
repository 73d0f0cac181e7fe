using Iexec.Ethereum;

namespace Iexec.Sdk.Chains;

/// <summary>
/// Public networks with their published endpoints: what <c>chain.json</c> leaves out is taken from here.
/// A network whose protocol no longer runs keeps its id, so that its name and id still resolve.
/// </summary>
public static class KnownChains
{
    private static readonly ChainSettings[] All =
    [
        new() { Name = "mainnet", Id = 1, Hub = Address.Parse("0x3eca1B216A7DF1C7689aEb259fFB83ADFB894E7f") },
        new()
        {
            Name = "bellecour", Id = 134, Hub = Address.Parse("0x3eca1B216A7DF1C7689aEb259fFB83ADFB894E7f"),
            Host = new("https://bellecour.iex.ec"), Sms = new("https://sms.iex.ec"), ResultProxy = new("https://result.v8-bellecour.iex.ec"),
            IpfsGateway = new("https://ipfs-gateway.v8-bellecour.iex.ec"), IpfsNode = new("https://ipfs-upload.v8-bellecour.iex.ec"),
            IexecGateway = new("https://api.market.v8-bellecour.iex.ec"),
        },
        new()
        {
            Name = "arbitrum-sepolia-testnet", Id = 421614, Hub = Address.Parse("0xB2157BF2fAb286b2A4170E3491Ac39770111Da3E"),
            Host = new("https://sepolia-rollup.arbitrum.io/rpc"), Sms = new("https://sms.arbitrum-sepolia-testnet.iex.ec"),
            IpfsGateway = new("https://ipfs-gateway.arbitrum-sepolia-testnet.iex.ec"), IpfsNode = new("https://ipfs-upload.arbitrum-sepolia-testnet.iex.ec"),
            IexecGateway = new("https://api-market.arbitrum-sepolia-testnet.iex.ec"), Compass = new("https://compass.arbitrum-sepolia-testnet.iex.ec"),
        },
        new()
        {
            Name = "arbitrum-mainnet", Id = 42161, Hub = Address.Parse("0x098bFCb1E50ebcA0BaA92C12eA0c3F045A1aD9f0"),
            Host = new("https://arb1.arbitrum.io/rpc"), Sms = new("https://sms.arbitrum-mainnet.iex.ec"),
            IpfsGateway = new("https://ipfs-gateway.arbitrum-mainnet.iex.ec"), IpfsNode = new("https://ipfs-upload.arbitrum-mainnet.iex.ec"),
            IexecGateway = new("https://api.market.arbitrum-mainnet.iex.ec"), Compass = new("https://compass.arbitrum-mainnet.iex.ec"),
        },
    ];

    /// <summary>By name or decimal id; null when unknown.</summary>
    public static ChainSettings? Find(string nameOrId) => Array.Find(All, chain => chain.Name == nameOrId || chain.IdText == nameOrId);

    /// <summary>By id; null when unknown.</summary>
    public static ChainSettings? Find(ulong id) => Array.Find(All, chain => chain.Id == id);
}
