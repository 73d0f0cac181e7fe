using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>The functions of <see cref="Accounts"/>: how tokens come into a hub that stakes them, and go out.</summary>
internal static class TokenFunctions
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
    };
}
