using System.Globalization;
using Iexec.Ethereum;

namespace Iexec.Worker.Containers;

/// <summary>How containers of ours are recognised after a crash.</summary>
public static class ContainerLabels
{
    /// <summary>Chain id, decimal.</summary>
    public const string Chain = "iexec.chain";

    /// <summary>Task id, 0x and 64 digits.</summary>
    public const string Task = "iexec.task";

    /// <summary>Worker's address, 0x and 40 lower-case digits.</summary>
    public const string Worker = "iexec.worker";

    /// <summary>The labels of a worker on a chain: what a sweep looks for.</summary>
    public static Dictionary<string, string> Of(ulong chainId, Address worker) => new()
    {
        [Chain] = chainId.ToString(CultureInfo.InvariantCulture),
        [Worker] = worker.ToHex(),
    };

    /// <summary>The labels of one run.</summary>
    public static Dictionary<string, string> Of(ulong chainId, Address worker, Bytes32 taskId) =>
        new(Of(chainId, worker)) { [Task] = taskId.ToString() };

    /// <summary>
    /// The name of one run. It carries the whole task id, since engines search names by substring
    /// and a short one could address another task's container.
    /// </summary>
    public static string NameOf(ulong chainId, Address worker, Bytes32 taskId) =>
        string.Create(CultureInfo.InvariantCulture, $"iexec-{chainId}-{worker.ToHex()[2..14]}-{taskId.ToString()[2..]}");
}
