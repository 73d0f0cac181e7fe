using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>The functions of <see cref="Coins"/>.</summary>
internal static class CoinFunctions
{
    public static FunctionTable Table => new FunctionTable
    {
        ["deposit()"] = (execution, message, _, results) =>
        {
            execution.DepositCoins(message, message.Sender);
            results.Bool(true);
        },
        ["depositFor(address)"] = (execution, message, arguments, results) =>
        {
            execution.DepositCoins(message, arguments.Address());
            results.Bool(true);
        },
        ["depositForArray(uint256[],address[])"] = (execution, message, arguments, results) =>
        {
            var amounts = arguments.StaticArray(1, item => item.Uint());
            execution.DepositCoinsForArray(message, amounts, arguments.StaticArray(1, item => item.Address()));
            results.Bool(true);
        },
        ["withdraw(uint256)"] = (execution, message, arguments, results) =>
        {
            execution.WithdrawCoins(message.Sender, message.Sender, arguments.Uint());
            results.Bool(true);
        },
        ["withdrawTo(uint256,address)"] = (execution, message, arguments, results) =>
        {
            var amount = arguments.Uint();
            execution.WithdrawCoins(message.Sender, arguments.Address(), amount);
            results.Bool(true);
        },
        ["recover()"] = (execution, message, _, results) => results.Uint(execution.RecoverCoins(message.Sender)),
    }.Payable("deposit()").Payable("depositFor(address)").Payable("depositForArray(uint256[],address[])");
}
