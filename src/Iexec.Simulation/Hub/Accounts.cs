using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Poco.Orders;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>Money in and out: nRLC of the token become free balance and back. Anything may go wrong in the token, whose errors are passed on.</summary>
internal static class Accounts
{
    private static readonly AbiSignature TokenTransfer = new("transfer(address,uint256)");
    private static readonly AbiSignature TokenTransferFrom = new("transferFrom(address,address,uint256)");
    private static readonly AbiSignature TokenBalanceOf = new("balanceOf(address)");
    private static readonly UInt256 MaxSupply = UInt256.FromBigEndian(Enumerable.Repeat((byte)0xff, 12).ToArray());

    /// <summary>The selector of <c>matchOrders</c>, the only call that a deposit may carry.</summary>
    public static AbiSignature MatchOrders { get; } = new(
        $"matchOrders({OrderSchemas.App.AbiTuple},{OrderSchemas.Dataset.AbiTuple},{OrderSchemas.Workerpool.AbiTuple},{OrderSchemas.Request.AbiTuple})");

    /// <summary>Takes approved tokens and credits them. Transfer from zero.</summary>
    public static void Deposit(this Execution execution, Address from, Address target, UInt256 amount)
    {
        var call = new AbiWriter().Address(from).Address(execution.Settings.Hub).Uint(amount).ToCallData(TokenTransferFrom.Selector);
        Refusal.Unless(execution.AskToken(call).Bool(), "failed-transferFrom");
        execution.Mint(target, amount);
    }

    /// <summary><c>depositForArray</c>: each target its amount, all or nothing.</summary>
    public static void DepositForArray(this Execution execution, Address from, UInt256[] amounts, Address[] targets)
    {
        Refusal.Unless(amounts.Length == targets.Length, "invalid-array-length");
        for (var i = 0; i < amounts.Length; i++)
        {
            execution.Deposit(from, targets[i], amounts[i]);
        }
    }

    /// <summary>Pays free balance out as tokens. Transfer to zero.</summary>
    public static void Withdraw(this Execution execution, Address account, Address target, UInt256 amount)
    {
        Refusal.Unless(amount <= execution.State.Hub.AccountOf(account).Free);
        execution.ChangeAccount(account, entry => entry with { Free = entry.Free - amount });
        execution.ChangeHub(hub => hub with { TotalSupply = hub.TotalSupply - amount });
        execution.LogTransfer(account, Address.Zero, amount);
        var call = new AbiWriter().Address(target).Uint(amount).ToCallData(TokenTransfer.Selector);
        Refusal.Unless(execution.AskToken(call).Bool(), "failed-transfer");
    }

    /// <summary><c>recover</c>: credits the owner with tokens that came without a deposit. Transfer from zero.</summary>
    public static UInt256 Recover(this Execution execution, Address sender)
    {
        execution.CheckOwner(sender);
        var held = execution.AskToken(new AbiWriter().Address(execution.Settings.Hub).ToCallData(TokenBalanceOf.Selector)).Uint();
        var surplus = held - execution.State.Hub.TotalSupply;
        execution.Mint(sender, surplus);
        return surplus;
    }

    /// <summary><c>receiveApproval</c>: deposits for the sender and makes the match that the data asks for, if it is the sender's own.</summary>
    public static void ReceiveApproval(this Execution execution, Message message, Address sender, UInt256 amount, Address token, byte[] data)
    {
        Refusal.Unless(token == execution.Settings.Configuration.Token, "wrong-token");
        execution.Deposit(sender, sender, amount);
        if (data.Length == 0)
        {
            return;
        }

        // A selector shorter than four bytes is filled up with zeros.
        byte[] operation = [.. data.Take(4), .. new byte[Math.Max(0, 4 - data.Length)]];
        if (!operation.AsSpan().SequenceEqual(MatchOrders.Selector))
        {
            throw Refusal.Custom("UnsupportedOperation(bytes4)", error => error.FixedBytes(operation));
        }

        var orders = SignedOrdersCodec.Read(new AbiReader(data.AsMemory(4)));
        if (orders.Request.Order.Requester != sender)
        {
            throw Refusal.Custom("CallerIsNotTheRequester()", error => error);
        }

        var outcome = execution.Try(message with { Data = data });
        if (!outcome.Succeeded)
        {
            throw outcome.Data.Length == 0 ? Refusal.Custom("OperationFailed()", error => error) : new Refusal(outcome.Data);
        }
    }

    private static void Mint(this Execution execution, Address account, UInt256 amount)
    {
        Refusal.Unless(!account.IsZero, "ERC20: mint to the zero address");
        var supply = execution.State.Hub.TotalSupply + amount;
        if (supply > MaxSupply)
        {
            throw Refusal.Custom("SupplyOutOfRange(uint256)", error => error.Uint(supply));
        }

        execution.ChangeHub(hub => hub with { TotalSupply = supply });
        execution.ChangeAccount(account, entry => entry with { Free = entry.Free + amount });
        execution.LogTransfer(Address.Zero, account, amount);
    }

    private static AbiReader AskToken(this Execution execution, byte[] call)
    {
        var token = execution.Settings.Configuration.Token;
        return new AbiReader(execution.Call(new Message(execution.Settings.Hub, token, call)));
    }
}
