using System.CommandLine;
using Iexec.Cli.Commands.Assets;
using Iexec.Cli.Commands.Result;
using Iexec.Cli.Frame;
using Iexec.Sdk.Errors;

namespace Iexec.Cli.Commands.Former;

/// <summary>One command for two kinds of secrets, as V3.0 had it.</summary>
internal static class TeeSecrets
{
    public static Command CreatePush(CommandFrame frame)
    {
        var (dataset, beneficiary) = Options();
        var path = DatasetSecrets.SecretPath();
        return frame.Bind(
            new Command("push-secret", "give the secret service a dataset's key, or the key for your results") { dataset, beneficiary, path },
            OptionBlocks.Wallet | OptionBlocks.Chain,
            context => Choose(
                context, dataset, beneficiary,
                asset => DatasetSecrets.PushAsync(context, asset, context.Get(path)), () => ResultPush.RunAsync(context, context.Get(path), force: false)));
    }

    public static Command CreateCheck(CommandFrame frame)
    {
        var (dataset, beneficiary) = Options();
        return frame.Bind(
            new Command("check-secret", "tell whether the secret service has it") { dataset, beneficiary },
            OptionBlocks.Wallet | OptionBlocks.Chain,
            context => Choose(context, dataset, beneficiary, asset => DatasetSecrets.CheckAsync(context, asset), () => ResultCheck.RunAsync(context, null)));
    }

    private static (Option<string?> Dataset, Option<bool> Beneficiary) Options() => (
        new("--dataset") { Description = "the key of this dataset, else of the one in deployed.json", HelpName = "address", Arity = ArgumentArity.ZeroOrOne },
        new("--beneficiary") { Description = "the wallet's key for its results" });

    private static Task Choose(CommandContext context, Option<string?> dataset, Option<bool> beneficiary, Func<string?, Task> ofDataset, Func<Task> ofBeneficiary) =>
        (context.Has(dataset), context.Get(beneficiary)) switch
        {
            (true, false) => ofDataset(context.Get(dataset)),
            (false, true) => ofBeneficiary(),
            _ => throw new IexecException(ErrorCode.ValidationError, "Name one of --dataset and --beneficiary"),
        };
}
