using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>Money in and out: nRLC of the token become free balance and back. Anything may go wrong in the token, whose errors are passed on.</summary>
internal static class Accounts
{
    private static readonly AbiSignature TokenTransfer = new("transfer(address,uint256)");
    private static readonly AbiSignature TokenTransferFrom = new("transferFrom(address,address,uint256)");
    private static readonly AbiSignature TokenPermit = new("permit(address,address,uint256,uint256,uint8,bytes32,bytes32)");
    private static readonly AbiSignature TokenBalanceOf = new("balanceOf(address)");

    /// <summary>The only call that a deposit may carry.</summary>
    private static readonly AbiSignature MatchOrders = new($"matchOrders({SignedOrdersCodec.Types})");

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
        execution.Burn(account, amount);
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

        CheckRequester(SignedOrdersCodec.Read(new AbiReader(data.AsMemory(4))), sender);
        execution.MatchInTheSameCall(message, data);
    }

    /// <summary>
    /// <c>depositWithPermit</c>: deposits what the caller's signature allows (EIP-2612). A permit that somebody else brought first has done its work, and one that
    /// is no good shows in the deposit.
    /// </summary>
    public static void DepositWithPermit(this Execution execution, Address sender, UInt256 amount, AbiReader permit)
    {
        var (deadline, v, r, s) = (permit.Uint(), permit.Byte(), permit.Bytes32(), permit.Bytes32());
        var hub = execution.Settings.Hub;
        var call = new AbiWriter().Address(sender).Address(hub).Uint(amount).Uint(deadline).Uint((ulong)v).Bytes32(r).Bytes32(s).ToCallData(TokenPermit.Selector);
        execution.Try(new Message(hub, execution.Settings.Configuration.Token, call));
        execution.Deposit(sender, sender, amount);
    }

    /// <summary><c>depositAndMatchOrdersWithPermit</c>: the same, then the match of the caller's own request.</summary>
    public static byte[] DepositAndMatchWithPermit(this Execution execution, Message message, AbiReader arguments)
    {
        // The head of the arguments: amount and permit, five words, then where the orders are, counted from its beginning.
        var amount = arguments.Uint();
        var permit = new AbiReader(message.Data[(4 + Bytes32.Size)..]);
        for (var i = 0; i < 4; i++)
        {
            arguments.Uint();
        }

        var orders = SignedOrdersCodec.Read(arguments);
        CheckRequester(orders, message.Sender);
        execution.DepositWithPermit(message.Sender, amount, permit);
        return execution.MatchInTheSameCall(message, SignedOrdersCodec.Write(orders).ToCallData(MatchOrders.Selector));
    }

    private static void CheckRequester(SignedOrders orders, Address sender)
    {
        if (orders.Request.Order.Requester != sender)
        {
            throw Refusal.Custom("CallerIsNotTheRequester()", error => error);
        }
    }

    private static byte[] MatchInTheSameCall(this Execution execution, Message message, byte[] call)
    {
        var outcome = execution.Try(message with { Data = call });
        return outcome.Succeeded ? outcome.Data
            : throw (outcome.Data.Length == 0 ? Refusal.Custom("OperationFailed()", error => error) : new Refusal(outcome.Data));
    }

    private static AbiReader AskToken(this Execution execution, byte[] call)
    {
        var token = execution.Settings.Configuration.Token;
        return new AbiReader(execution.Call(new Message(execution.Settings.Hub, token, call)));
    }
}
