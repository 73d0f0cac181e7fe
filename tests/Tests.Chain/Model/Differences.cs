using System.Globalization;
using System.Text;
using Iexec.Ethereum;
using Iexec.Ethereum.Abi;
using Iexec.Poco.Contracts;
using Iexec.Simulation.World;
using Xunit;

namespace Tests.Chain.Model;

/// <summary>Compares what the model says with what the node says, and tells a difference in words.</summary>
internal static class Differences
{
    private static readonly RevertDecoder Reverts = new(ContractErrors.All);

    /// <summary>Why something was refused, without the numbers of the case.</summary>
    public static string ReasonOf(Outcome outcome)
    {
        var reason = Reverts.Decode(outcome.Data);
        return reason.Message.Length == 0 ? "without reason" : reason.Name is "Error" or "Panic" ? reason.Message : reason.Name;
    }

    /// <summary>Same success, same data returned or reverted with, same events in the same order.</summary>
    public static void None(Step step, Outcome node)
    {
        if (!Same(step.Outcome, node) || !step.Outcome.Logs.Select(Show).SequenceEqual(node.Logs.Select(Show)))
        {
            Assert.Fail($"""
                {step.Name} differs.
                call   {step.Message.Sender} -> {step.Message.Target} {Hex.Encode(step.Message.Data.Span)}
                model  {Show(step.Outcome)}
                node   {Show(node)}
                """);
        }
    }

    /// <summary>Same answer.</summary>
    public static void None(View view, Outcome model, Outcome node)
    {
        if (!Same(model, node))
        {
            Assert.Fail($"{view.Name} differs.\ncall   {Hex.Encode(view.Message.Data.Span)}\nmodel  {Show(model)}\nnode   {Show(node)}");
        }
    }

    private static bool Same(Outcome model, Outcome node) => model.Succeeded == node.Succeeded && model.Data.AsSpan().SequenceEqual(node.Data);

    private static string Show(Outcome outcome)
    {
        var text = new StringBuilder(outcome.Succeeded ? "ok " : "revert ");
        var data = outcome.Succeeded ? Hex.Encode(outcome.Data) : $"'{Reverts.Decode(outcome.Data).Message}' {Hex.Encode(outcome.Data)}";
        text.Append(data);
        foreach (var log in outcome.Logs)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n         {Show(log)}");
        }

        return text.ToString();
    }

    private static string Show(SimulatedLog log) => $"{log.Emitter} {string.Join(',', log.Topics)} {Hex.Encode(log.Data)}";
}
