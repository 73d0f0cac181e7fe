using Iexec.Poco.Rules;
using Iexec.Simulation.World;

namespace Iexec.Simulation.Hub;

/// <summary>The functions of <see cref="Administration"/>, and what a hub tells of itself.</summary>
internal static class AdministrationFunctions
{
    public static FunctionTable Table => new()
    {
        ["configure(address,string,string,uint8,address,address,address,address)"] = (_, _, _, _) => throw Refusal.Text("already-configured"),
        ["configuration()"] = (execution, _, _, results) =>
        {
            var (settings, hub) = (execution.Settings, execution.Settings.Configuration);
            results.Address(hub.Token).Address(hub.AppRegistry).Address(hub.DatasetRegistry).Address(hub.WorkerpoolRegistry)
                .Address(settings.PreviousHub).Address(settings.Owner).Bool(settings.Strict);
        },
        ["pieces()"] = (execution, _, _, results) =>
        {
            var (accounts, boost, orders, extension) = execution.Settings.Pieces;
            results.Address(accounts).Address(boost).Address(orders).Address(extension);
        },
        ["owner()"] = (execution, _, _, results) => results.Address(execution.State.Hub.Owner),
        ["transferOwnership(address)"] = (execution, message, arguments, _) => execution.TransferOwnership(message.Sender, arguments.Address()),
        ["renounceOwnership()"] = (execution, message, _, _) => execution.RenounceOwnership(message.Sender),
        ["setTeeBroker(address)"] = (execution, message, arguments, _) => execution.SetTeeBroker(message.Sender, arguments.Address()),
        ["setCallbackGas(uint256)"] = (execution, message, arguments, _) => execution.SetCallbackGas(message.Sender, arguments.Uint()),
        ["createCategory(string,string,uint256)"] = (execution, message, arguments, results) =>
            results.Uint(execution.CreateCategory(message.Sender, arguments.String(), arguments.String(), arguments.Uint())),
        ["createCategories((string,string,uint256)[])"] = (execution, message, arguments, _) =>
        {
            execution.CheckOwner(message.Sender);
            foreach (var (name, description, timeRef) in arguments.DynamicArray(item => item.DynamicTuple(member => (member.String(), member.String(), member.Uint()))))
            {
                execution.CreateCategory(message.Sender, name, description, timeRef);
            }
        },
        ["viewScore(address)"] = (execution, _, arguments, results) => results.Uint(execution.State.Hub.AccountOf(arguments.Address()).Score),
        ["viewScoreIn(address,address)"] = (execution, _, arguments, results) =>
        {
            var worker = arguments.Address();
            results.Uint(execution.ScoreIn(arguments.Address(), worker));
        },
        ["importScore(address)"] = (execution, _, arguments, _) => execution.ImportScore(arguments.Address()),
        ["domain()"] = (execution, _, _, results) =>
        {
            var domain = execution.Settings.Configuration.Domain;
            results.DynamicTuple(tuple => tuple.String(domain.Name).String(domain.Version).Uint(domain.ChainId).Address(execution.Settings.Hub));
        },
        ["eip712domain_separator()"] = (execution, _, _, results) => results.Bytes32(execution.Settings.Configuration.Domain.Separator),
        ["updateDomainSeparator()"] = (_, _, _, _) => { },
        ["token()"] = (execution, _, _, results) => results.Address(execution.Settings.Configuration.Token),
        ["appregistry()"] = (execution, _, _, results) => results.Address(execution.Settings.Configuration.AppRegistry),
        ["datasetregistry()"] = (execution, _, _, results) => results.Address(execution.Settings.Configuration.DatasetRegistry),
        ["workerpoolregistry()"] = (execution, _, _, results) => results.Address(execution.Settings.Configuration.WorkerpoolRegistry),
        ["teebroker()"] = (execution, _, _, results) => results.Address(execution.State.Hub.TeeBroker),
        ["callbackgas()"] = (execution, _, _, results) => results.Uint(execution.State.Hub.CallbackGas),
        ["contribution_deadline_ratio()"] = (_, _, _, results) => results.Uint(Deadlines.ContributionRatio),
        ["reveal_deadline_ratio()"] = (_, _, _, results) => results.Uint(Deadlines.RevealRatio),
        ["final_deadline_ratio()"] = (_, _, _, results) => results.Uint(Deadlines.FinalRatio),
        ["workerpool_stake_ratio()"] = (_, _, _, results) => results.Uint(Stakes.WorkerpoolStakeRatio),
        ["kitty_ratio()"] = (_, _, _, results) => results.Uint(Rewards.KittyRatio),
        ["kitty_min()"] = (_, _, _, results) => results.Uint(Rewards.KittyMin),
        ["kitty_address()"] = (_, _, _, results) => results.Address(Rewards.KittyAddress),
        ["groupmember_purpose()"] = (_, _, _, results) => results.Uint(Signatures.GroupMemberPurpose),
    };
}
