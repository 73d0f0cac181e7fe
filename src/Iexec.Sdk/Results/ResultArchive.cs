using System.IO.Compression;
using Iexec.Ethereum;
using Iexec.Sdk.Errors;

namespace Iexec.Sdk.Results;

/// <summary>
/// The zip of an execution's <c>/iexec_out</c>, and the digest it stands for: what <see cref="ComputedFile"/> says for the deal. Whoever has the
/// archive can so check it against the digest on the chain.
/// </summary>
internal static class ResultArchive
{
    /// <summary>Computes the digest from the archive, reading at most <paramref name="maxBytes"/> of unpacked content.</summary>
    /// <param name="archive">The zip.</param>
    /// <param name="wantsCallback">The deal names a callback: the digest is that of the callback data.</param>
    /// <param name="maxBytes">Bound of the unpacked bytes that are read.</param>
    /// <exception cref="IexecException">Not a result archive; the message says what is missing.</exception>
    public static Bytes32 ComputeDigest(Stream archive, bool wantsCallback, long maxBytes)
    {
        try
        {
            using var zip = new ZipArchive(archive, ZipArchiveMode.Read, leaveOpen: true);
            var files = new ZippedFiles(zip, maxBytes);
            return ComputedFile.Parse(files.ReadComputedFile()).DigestOf(wantsCallback, files);
        }
        catch (InvalidDataException error)
        {
            throw Invalid("It is not a zip file.", error);
        }
        catch (ResultException error)
        {
            throw Invalid(error.Message, error);
        }
    }

    private static IexecException Invalid(string why, Exception inner) =>
        new(ErrorCode.ValidationError, $"The result archive cannot be checked. {why}", inner: inner);
}
