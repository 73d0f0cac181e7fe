using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Simulation.World;
using static Iexec.Simulation.World.EventKind;

namespace Iexec.Simulation.Registries;

/// <summary>Entries change hands, and with them the right to sign their orders. ERC-721.</summary>
internal static class EntryTransfers
{
    private static readonly EventKind Transfer = new("Transfer(address,address,uint256)");
    private static readonly EventKind Approval = new("Approval(address,address,uint256)");
    private static readonly EventKind ApprovalForAll = new("ApprovalForAll(address,address,bool)");
    private static readonly AbiSignature OnReceived = new("onERC721Received(address,address,uint256,bytes)");

    /// <summary>The entry that a token stands for; zero, which is none, for a number that is no address.</summary>
    public static Address EntryOf(AbiReader arguments)
    {
        var token = arguments.Uint().ToBytes32();
        return token.AsSpan()[..12].ContainsAnyExcept((byte)0) ? Address.Zero : new Address(token.AsSpan()[12..]);
    }

    /// <summary><c>approve</c>. Approval.</summary>
    public static void ApproveEntry(this Execution execution, Address registry, Address sender, Address to, Address entry)
    {
        var state = execution.State.Registries[registry];
        Refusal.Unless(state.Owners.TryGetValue(entry, out var owner), "ERC721: owner query for nonexistent token");
        Refusal.Unless(to != owner, "ERC721: approval to current owner");
        Refusal.Unless(
            sender == owner || state.Operators.Contains((owner, sender)), "ERC721: approve caller is not owner nor approved for all");
        execution.ChangeRegistry(registry, before => before with { Approved = before.Approved.SetItem(entry, to) });
        execution.LogEntryApproval(registry, owner, to, entry);
    }

    /// <summary><c>setApprovalForAll</c>. ApprovalForAll.</summary>
    public static void SetOperator(this Execution execution, Address registry, Address sender, Address @operator, bool approved)
    {
        Refusal.Unless(@operator != sender, "ERC721: approve to caller");
        execution.ChangeRegistry(registry, state => state with
        {
            Operators = approved ? state.Operators.Add((sender, @operator)) : state.Operators.Remove((sender, @operator)),
        });
        execution.Emit(ApprovalForAll.Of(registry, [Word(sender), Word(@operator)], data => data.Bool(approved)));
    }

    /// <summary><c>transferFrom</c>. Approval (to zero), Transfer.</summary>
    public static void TransferEntry(this Execution execution, Address registry, Address sender, Address from, Address to, Address entry)
    {
        var state = execution.State.Registries[registry];
        Refusal.Unless(state.Owners.TryGetValue(entry, out var owner), "ERC721: operator query for nonexistent token");
        Refusal.Unless(
            sender == owner || IsApproved(state, entry, sender) || state.Operators.Contains((owner, sender)),
            "ERC721: transfer caller is not owner nor approved");
        Refusal.Unless(owner == from, "ERC721: transfer of token that is not own");
        Refusal.Unless(!to.IsZero, "ERC721: transfer to the zero address");
        execution.LogEntryApproval(registry, from, Address.Zero, entry);
        execution.ChangeRegistry(registry, before => before.WithOwner(entry, to));
        execution.LogEntryTransfer(registry, from, to, entry);
    }

    /// <summary><c>safeTransferFrom</c>: a contract must take it.</summary>
    public static void SafeTransferEntry(this Execution execution, Address registry, Address sender, Address from, Address to, Address entry, byte[] data)
    {
        execution.TransferEntry(registry, sender, from, to, entry);
        if (execution.HasCode(to))
        {
            var call = new AbiWriter().Address(sender).Address(from).Bytes32(Word(entry)).Bytes(data).ToCallData(OnReceived.Selector);
            var answer = new AbiReader(execution.Call(new Message(registry, to, call))).FixedBytes(4);
            Refusal.Unless(answer.AsSpan().SequenceEqual(OnReceived.Selector), "ERC721: transfer to non ERC721Receiver implementer");
        }
    }

    /// <summary>Transfer.</summary>
    public static void LogEntryTransfer(this Execution execution, Address registry, Address from, Address to, Address entry) =>
        execution.Emit(Transfer.Of(registry, [Word(from), Word(to), Word(entry)]));

    private static void LogEntryApproval(this Execution execution, Address registry, Address owner, Address approved, Address entry) =>
        execution.Emit(Approval.Of(registry, [Word(owner), Word(approved), Word(entry)]));

    // Nobody is approved by default, and nobody has the zero address.
    private static bool IsApproved(RegistryState state, Address entry, Address sender) =>
        state.Approved.TryGetValue(entry, out var approved) && approved == sender;
}
