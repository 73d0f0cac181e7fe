using System.CommandLine;
using Iexec.Cli.Frame;
using Iexec.Ethereum;
using Iexec.Sdk.Errors;
using Iexec.Sdk.Runs;

namespace Iexec.Cli.Commands.Run;

/// <summary>From a folder with a Dockerfile, or an image, to a result on disk.</summary>
internal static class RunCommand
{
    public static void Fill(Command command, CommandFrame frame)
    {
        var target = new Argument<string>("target") { Description = "a folder with a Dockerfile, or an image" };
        var args = new Argument<string[]>("args") { Description = "arguments of the app, after --", Arity = ArgumentArity.ZeroOrMore };
        var inputs = new Option<string[]>("--input") { Description = "a file or URL that the app may read; may be repeated", HelpName = "file|url" };
        var category = new Option<string?>("--category") { Description = "class of execution time, 0 if not given; see iexec category show", HelpName = "id" };
        var trust = new Option<string?>("--trust") { Description = "a wrong result has a probability of at most 1/trust, 0 if not given", HelpName = "number" };
        var pool = new Option<string?>("--workerpool") { Description = "only this worker pool", HelpName = "address" };
        var registry = new Option<string?>("--registry") { Description = "where a built image goes, else the registry of the local network", HelpName = "host:port" };
        var again = new Option<bool>("--again") { Description = "buy once more what was computed already" };
        command.Add(target);
        command.Add(args);
        foreach (var option in new Option[] { inputs, category, trust, pool, registry, again })
        {
            command.Add(option);
        }

        frame.Bind(command, OptionBlocks.Wallet | OptionBlocks.Chain | OptionBlocks.Confirms | OptionBlocks.Force | OptionBlocks.DryRun, async context =>
        {
            var wish = new RunWish(
                context.Get(target)!,
                context.Get(inputs) ?? [],
                RunWish.Join(context.Get(args) ?? []),
                ReadNumber(context, category),
                ReadNumber(context, trust),
                context.Get(pool) is { } text ? Address.Parse(text) : Address.Zero,
                context.Get(registry),
                context.Get(again));
            if (wish.Target.Length == 0)
            {
                throw new IexecException(ErrorCode.ValidationError, "The folder or image is empty", "Name a folder with a Dockerfile, or an image as repository@sha256:<digest>.");
            }

            RunInputs.Check(wish.Inputs, context.Project.Path);
            var chain = await context.ConnectQuicklyAsync();
            var steps = new RunSteps(context, chain, wish, new RunJournal(context.Project, chain.ChainId, context.Time));
            try
            {
                await steps.RunAsync();
            }
            catch (Exception stopped) when (context.Cancellation.IsCancellationRequested && (stopped is OperationCanceledException || stopped.InnerException is OperationCanceledException))
            {
                context.Note("Interrupted. The same command goes on where this one stopped; what is bought is not bought again.");
                throw new OperationCanceledException(stopped.Message, stopped, context.Cancellation);
            }
        });
    }

    private static UInt256 ReadNumber(CommandContext context, Option<string?> option) => context.Get(option) is not { } text ? UInt256.Zero
        : UInt256.TryParse(text, out var number) ? number
        : throw new IexecException(ErrorCode.ValidationError, $"{option.Name} must be a whole number, not \"{text}\"");
}
