using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>What every hub has of accounts, whatever it stakes: the functions of <see cref="StakeToken"/>, and who has how much.</summary>
internal static class AccountFunctions
{
    public static FunctionTable Table => new()
    {
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
