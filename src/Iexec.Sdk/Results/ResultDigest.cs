using System.Security.Cryptography;
using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;

namespace Iexec.Worker.Results;

/// <summary>The number that workers agree on.</summary>
internal static class ResultDigest
{
    /// <summary>Of callback data: its keccak-256.</summary>
    public static Bytes32 OfCallback(ReadOnlySpan<byte> data) => Keccak256.Hash(data);

    /// <summary>
    /// Of a file: its SHA-256. Of a folder: keccak-256 of the SHA-256 digests of its direct children, one after the other in the order
    /// of their names; sub-folders contribute nothing.
    /// </summary>
    /// <param name="tree">The output.</param>
    /// <param name="path">Relative path of the file or folder; empty is the whole output.</param>
    /// <exception cref="ResultException"><see cref="ResultFault.BadOutputPath"/>: there is nothing there.</exception>
    public static Bytes32 OfPath(OutputTree tree, string path)
    {
        if (tree.Find(path) is { } file)
        {
            return Sha256(tree, file);
        }

        // A folder on the way that is a link would lead elsewhere; one that the walk did not enter is such a link.
        var prefix = path.Length == 0 ? "" : path + "/";
        var isFolder = path.Length == 0 || IsFolder(tree, path);
        if (!isFolder)
        {
            throw new ResultException(
                ResultFault.BadOutputPath,
                tree.Skipped.Any(skipped => path == skipped || path.StartsWith(skipped + "/", StringComparison.Ordinal))
                    ? $"The deterministic output /iexec_out/{path} is a link or a device; only files and folders are results."
                    : $"The deterministic output /iexec_out/{path} does not exist.");
        }

        var digests = tree.Files
            .Where(child => child.Path.StartsWith(prefix, StringComparison.Ordinal) && child.Path.IndexOf('/', prefix.Length) < 0)
            .SelectMany(child => Sha256(tree, child).ToArray());
        return Keccak256.Hash([.. digests]);
    }

    private static bool IsFolder(OutputTree tree, string path)
    {
        var current = tree.Root;
        foreach (var part in path.Split('/'))
        {
            current = Path.Combine(current, part);
            var folder = new DirectoryInfo(current);
            if (!folder.Exists || folder.LinkTarget is not null)
            {
                return false;
            }
        }

        return true;
    }

    private static Bytes32 Sha256(OutputTree tree, OutputFile file)
    {
        using var content = tree.Open(file);
        return new Bytes32(SHA256.HashData(content));
    }
}
