using System.Text;
using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Transactions;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Registries;

/// <summary>
/// How entries come to their addresses: by CREATE2 of an ERC-1167 proxy that carries the content behind its code, salted with the first owner. So the
/// address follows from (registry, content, owner).
/// </summary>
internal static class EntryCreation
{
    /// <summary>The code that every entry delegates to: the first contract that its registry creates.</summary>
    public static Address MasterOf(Address registry) => ContractAddress.Create(registry, 1);

    /// <summary>The constant part of an entry's creation code.</summary>
    public static byte[] ProxyCode(Address registry) =>
    [
        .. Hex.Decode("0x600b380380600b3d393df3363d3d373d3d3d363d73"), .. MasterOf(registry).AsSpan(), .. Hex.Decode("0x5af43d82803e903d91602b57fd5bf3"),
    ];

    /// <summary>Where an entry will be, or is.</summary>
    public static Address Predict(Address registry, Address owner, byte[] content) =>
        ContractAddress.Create2(registry, EventKind.Word(owner), [.. ProxyCode(registry), .. content]);

    /// <summary>Creates an entry and mints its token. Transfer from zero.</summary>
    /// <exception cref="Refusal">It exists, or the owner is zero.</exception>
    public static Address Create(this Execution execution, Address registry, Address owner, byte[] content)
    {
        var entry = Predict(registry, owner, content);
        Refusal.Unless(!execution.HasCode(entry), "Create2: Failed on deploy");
        Refusal.Unless(!owner.IsZero, "ERC721: mint to the zero address");
        var kind = execution.State.Registries[registry].Kind;
        execution.State = execution.State with { Contracts = execution.State.Contracts.Add(entry, new EntryCode(registry, kind, content)) };
        execution.ChangeRegistry(registry, state => state.WithEntry(entry, owner));
        execution.LogEntryTransfer(registry, Address.Zero, owner, entry);
        return entry;
    }

    /// <summary>The content of an app: checksum, lengths of the three texts, then name, type, multiaddr, fingerprint of its enclave.</summary>
    public static byte[] App(AbiReader arguments)
    {
        var (name, type, multiaddr, checksum, mrEnclave) =
            (arguments.String(), arguments.String(), arguments.Bytes(), arguments.Bytes32(), arguments.Bytes());
        return new EntryContent(checksum, Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(type), multiaddr, mrEnclave).ToArray();
    }

    /// <summary>The content of a dataset: checksum, length of the name, then name and multiaddr.</summary>
    public static byte[] Dataset(AbiReader arguments)
    {
        var (name, multiaddr, checksum) = (arguments.String(), arguments.Bytes(), arguments.Bytes32());
        return new EntryContent(checksum, Encoding.UTF8.GetBytes(name), multiaddr).ToArray();
    }

    /// <summary>The content of a workerpool: its description.</summary>
    public static byte[] Workerpool(AbiReader arguments) => Encoding.UTF8.GetBytes(arguments.String());

    /// <summary>keccak-256 of <see cref="ProxyCode"/>.</summary>
    public static Bytes32 ProxyCodeHash(Address registry) => Keccak256.Hash(ProxyCode(registry));
}
