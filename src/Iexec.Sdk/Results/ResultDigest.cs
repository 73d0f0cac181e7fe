using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;

namespace Iexec.Sdk.Results;

/// <summary>The number that workers agree on.</summary>
internal static class ResultDigest
{
    /// <summary>
    /// Of a file: its SHA-256. Of a folder: keccak-256 of the SHA-256 digests of its direct children, one after the other in the order
    /// of their names; sub-folders contribute nothing.
    /// </summary>
    /// <param name="output">The output.</param>
    /// <param name="path">Relative path of the file or folder; empty is the whole output.</param>
    /// <exception cref="ResultException"><see cref="ResultFault.BadOutputPath"/>: there is nothing there.</exception>
    public static Bytes32 OfPath(IResultFiles output, string path)
    {
        if (path.Length > 0 && output.Paths.Contains(path, StringComparer.Ordinal))
        {
            return output.Sha256(path);
        }

        if (path.Length > 0 && !output.HasFolder(path))
        {
            throw new ResultException(ResultFault.BadOutputPath, $"The deterministic output /iexec_out/{path} does not exist; only files and folders are results, links are not.");
        }

        var prefix = path.Length == 0 ? "" : path + "/";
        var digests = output.Paths
            .Where(child => child.StartsWith(prefix, StringComparison.Ordinal) && child.IndexOf('/', prefix.Length) < 0)
            .Order(StringComparer.Ordinal)
            .SelectMany(child => output.Sha256(child).ToArray());
        return Keccak256.Hash([.. digests]);
    }
}
