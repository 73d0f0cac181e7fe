using Iexec.Sdk.Wire.Scheduler;

namespace Iexec.Worker.Compute;

/// <summary>
/// The result of a task whose app or data cannot be had: a text that every honest worker writes the same way, so that they reach a consensus and
/// the requester gets an answer instead of silence.
/// </summary>
internal static class ErrorResult
{
    private const string FileName = "error.txt";

    /// <summary>Replaces the output folder's content.</summary>
    public static void Write(string outputFolder, ReplicateCause cause)
    {
        if (Directory.Exists(outputFolder))
        {
            Directory.Delete(outputFolder, recursive: true);
        }

        Directory.CreateDirectory(outputFolder);
        File.WriteAllText(
            Path.Combine(outputFolder, FileName),
            $"[IEXEC] Errors occurred while computing the task [error:{cause.Name}, causes:[{cause.Name}]]\n");
        File.WriteAllText(
            Path.Combine(outputFolder, "computed.json"), $$"""{"deterministic-output-path":"{{TaskEnvironment.OutputFolder}}/{{FileName}}"}""");
    }
}
