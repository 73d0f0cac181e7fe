using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>The functions of <see cref="Accounts"/> and <see cref="StakeToken"/>.</summary>
internal static class AccountFunctions
{
    public static FunctionTable Table => new()
    {
        ["deposit(uint256)"] = (execution, message, arguments, results) =>
        {
            execution.Deposit(message.Sender, message.Sender, arguments.Uint());
            results.Bool(true);
        },
        ["depositFor(uint256,address)"] = (execution, message, arguments, results) =>
        {
            var amount = arguments.Uint();
            execution.Deposit(message.Sender, arguments.Address(), amount);
            results.Bool(true);
        },
        ["depositForArray(uint256[],address[])"] = (execution, message, arguments, results) =>
        {
            var amounts = arguments.StaticArray(1, item => item.Uint());
            execution.DepositForArray(message.Sender, amounts, arguments.StaticArray(1, item => item.Address()));
            results.Bool(true);
        },
        ["withdraw(uint256)"] = (execution, message, arguments, results) =>
        {
            execution.Withdraw(message.Sender, message.Sender, arguments.Uint());
            results.Bool(true);
        },
        ["withdrawTo(uint256,address)"] = (execution, message, arguments, results) =>
        {
            var amount = arguments.Uint();
            execution.Withdraw(message.Sender, arguments.Address(), amount);
            results.Bool(true);
        },
        ["recover()"] = (execution, message, _, results) => results.Uint(execution.Recover(message.Sender)),
        ["receiveApproval(address,uint256,address,bytes)"] = (execution, message, arguments, results) =>
        {
            execution.ReceiveApproval(message, arguments.Address(), arguments.Uint(), arguments.Address(), arguments.Bytes());
            results.Bool(true);
        },
        ["depositWithPermit(uint256,uint256,uint8,bytes32,bytes32)"] = (execution, message, arguments, results) =>
        {
            execution.DepositWithPermit(message.Sender, arguments.Uint(), arguments);
            results.Bool(true);
        },
        [$"depositAndMatchOrdersWithPermit(uint256,uint256,uint8,bytes32,bytes32,{SignedOrdersCodec.Types})"] = (execution, message, arguments, results) =>
            results.Bytes32(new(execution.DepositAndMatchWithPermit(message, arguments))),
        ["name()"] = (_, _, _, results) => results.String("Staked RLC"),
        ["symbol()"] = (_, _, _, results) => results.String("SRLC"),
        ["decimals()"] = (_, _, _, results) => results.Uint(9),
        ["totalSupply()"] = (execution, _, _, results) => results.Uint(execution.State.Hub.TotalSupply),
        ["balanceOf(address)"] = (execution, _, arguments, results) => results.Uint(execution.State.Hub.AccountOf(arguments.Address()).Free),
        ["frozenOf(address)"] = (execution, _, arguments, results) => results.Uint(execution.State.Hub.AccountOf(arguments.Address()).Frozen),
        ["viewAccount(address)"] = Account,
        ["viewAccountABILegacy(address)"] = Account,
        ["allowance(address,address)"] = (execution, _, arguments, results) => results.Uint(execution.Allowance(arguments.Address(), arguments.Address())),
        ["transfer(address,uint256)"] = (execution, message, arguments, results) =>
        {
            execution.Send(message.Sender, arguments.Address(), arguments.Uint());
            results.Bool(true);
        },
        ["transferFrom(address,address,uint256)"] = (execution, message, arguments, results) =>
        {
            execution.SendFrom(message.Sender, arguments.Address(), arguments.Address(), arguments.Uint());
            results.Bool(true);
        },
        ["approve(address,uint256)"] = (execution, message, arguments, results) =>
        {
            execution.Approve(message.Sender, arguments.Address(), arguments.Uint());
            results.Bool(true);
        },
        ["approveAndCall(address,uint256,bytes)"] = (execution, message, arguments, results) =>
        {
            execution.ApproveAndCall(message.Sender, arguments.Address(), arguments.Uint(), arguments.Bytes());
            results.Bool(true);
        },
        ["increaseAllowance(address,uint256)"] = (execution, message, arguments, results) =>
        {
            var spender = arguments.Address();
            execution.Approve(message.Sender, spender, execution.Allowance(message.Sender, spender) + arguments.Uint());
            results.Bool(true);
        },
        ["decreaseAllowance(address,uint256)"] = (execution, message, arguments, results) =>
        {
            execution.DecreaseAllowance(message.Sender, arguments.Address(), arguments.Uint());
            results.Bool(true);
        },
    };

    private static void Account(Execution execution, Message message, Ethereum.Abi.AbiReader arguments, Ethereum.Abi.AbiWriter results)
    {
        var account = execution.State.Hub.AccountOf(arguments.Address());
        results.Uint(account.Free).Uint(account.Frozen);
    }
}
