using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Simulation.World;
using static Iexec.Simulation.World.EventKind;

namespace Iexec.Simulation.Token;

/// <summary>RLC: an ERC-20 with <c>approveAndCall</c> and errors of ERC-6093.</summary>
internal sealed class RlcCode : ISimulatedContract
{
    /// <summary>87,000,000 RLC in nRLC.</summary>
    public static readonly UInt256 InitialSupply = 87_000_000_000_000_000;

    /// <summary>Name and version, also of the domain of permits.</summary>
    public const string Name = "iEx.ec Network Token";

    /// <inheritdoc cref="Name"/>
    public const string Version = "v1.0";

    private static readonly EventKind Transfer = new("Transfer(address,address,uint256)");
    private static readonly EventKind Approval = new("Approval(address,address,uint256)");
    private static readonly AbiSignature ReceiveApproval = new("receiveApproval(address,uint256,address,bytes)");

    private static readonly FunctionTable Functions = Permits.Table.With(new()
    {
        ["name()"] = (_, _, _, results) => results.String(Name),
        ["symbol()"] = (_, _, _, results) => results.String("RLC"),
        ["decimals()"] = (_, _, _, results) => results.Uint(9),
        ["version()"] = (_, _, _, results) => results.String(Version),
        ["initialSupply()"] = (_, _, _, results) => results.Uint(InitialSupply),
        ["locked()"] = (_, _, _, results) => results.Bool(false),
        ["totalSupply()"] = (execution, _, _, results) => results.Uint(execution.State.Token.TotalSupply),
        ["balanceOf(address)"] = (execution, _, arguments, results) => results.Uint(execution.State.Token.BalanceOf(arguments.Address())),
        ["allowance(address,address)"] = (execution, _, arguments, results) =>
            results.Uint(Allowance(execution, arguments.Address(), arguments.Address())),
        ["transfer(address,uint256)"] = (execution, message, arguments, results) =>
        {
            Send(execution, message.Sender, arguments.Address(), arguments.Uint());
            results.Bool(true);
        },
        ["transferFrom(address,address,uint256)"] = (execution, message, arguments, results) =>
        {
            SendFrom(execution, message.Sender, arguments.Address(), arguments.Address(), arguments.Uint());
            results.Bool(true);
        },
        ["approve(address,uint256)"] = (execution, message, arguments, results) =>
        {
            Approve(execution, message.Sender, arguments.Address(), arguments.Uint());
            results.Bool(true);
        },
        ["approveAndCall(address,uint256,bytes)"] = (execution, message, arguments, _) =>
            ApproveAndCall(execution, message, arguments.Address(), arguments.Uint(), arguments.Bytes()),
        ["burn(uint256)"] = (execution, message, arguments, results) =>
        {
            Burn(execution, message.Sender, arguments.Uint());
            results.Bool(true);
        },
    });

    public static RlcCode Instance { get; } = new();

    public byte[] Invoke(Execution execution, Message message) => Functions.Run(execution, message, () => Refusal.Empty);

    private static UInt256 Allowance(Execution execution, Address owner, Address spender) =>
        execution.State.Token.Allowances.GetValueOrDefault((owner, spender));

    private static void Send(Execution execution, Address from, Address to, UInt256 amount)
    {
        if (to.IsZero)
        {
            throw Refusal.Custom("ERC20InvalidReceiver(address)", error => error.Address(to));
        }

        Take(execution, from, amount);
        Change(execution, token => token.WithBalance(to, token.BalanceOf(to) + amount));
        execution.Emit(Transfer.Of(execution.Settings.Configuration.Token, [Word(from), Word(to)], data => data.Uint(amount)));
    }

    private static void SendFrom(Execution execution, Address spender, Address from, Address to, UInt256 amount)
    {
        var allowed = Allowance(execution, from, spender);
        if (allowed < amount)
        {
            throw Refusal.Custom("ERC20InsufficientAllowance(address,uint256,uint256)", error => error.Address(spender).Uint(allowed).Uint(amount));
        }

        // An allowance of everything is never used up.
        if (allowed != UInt256.MaxValue)
        {
            Change(execution, token => token with { Allowances = token.Allowances.SetItem((from, spender), allowed - amount) });
        }

        Send(execution, from, to, amount);
    }

    /// <summary>Lets a spender take from an owner. Approval.</summary>
    public static void Approve(Execution execution, Address owner, Address spender, UInt256 amount)
    {
        Change(execution, token => token with { Allowances = token.Allowances.SetItem((owner, spender), amount) });
        execution.Emit(Approval.Of(execution.Settings.Configuration.Token, [Word(owner), Word(spender)], data => data.Uint(amount)));
    }

    private static void ApproveAndCall(Execution execution, Message message, Address spender, UInt256 amount, byte[] data)
    {
        Approve(execution, message.Sender, spender, amount);
        Refusal.Unless(execution.HasCode(spender));
        var token = execution.Settings.Configuration.Token;
        var call = new AbiWriter().Address(message.Sender).Uint(amount).Address(token).Bytes(data).ToCallData(ReceiveApproval.Selector);
        execution.Call(new Message(token, spender, call));
    }

    private static void Burn(Execution execution, Address owner, UInt256 amount)
    {
        Take(execution, owner, amount);
        Change(execution, token => token with { TotalSupply = token.TotalSupply - amount });
        execution.Emit(Transfer.Of(execution.Settings.Configuration.Token, [Word(owner), Word(Address.Zero)], data => data.Uint(amount)));
    }

    private static void Take(Execution execution, Address from, UInt256 amount)
    {
        var balance = execution.State.Token.BalanceOf(from);
        if (balance < amount)
        {
            throw Refusal.Custom("ERC20InsufficientBalance(address,uint256,uint256)", error => error.Address(from).Uint(balance).Uint(amount));
        }

        Change(execution, token => token.WithBalance(from, balance - amount));
    }

    private static void Change(Execution execution, Func<TokenState, TokenState> change) =>
        execution.State = execution.State with { Token = change(execution.State.Token) };
}
