using System.Security.Cryptography;
using Iexec.Ethereum;

namespace Iexec.Sdk.Datasets;

/// <summary>
/// The file form of an encrypted dataset: a random IV of 16 bytes, then AES-256-CBC with PKCS#7. Its checksum is the SHA-256 of the whole
/// encrypted file. Streamed in constant memory; hashing and writing a piece overlap with the encryption of the next.
/// </summary>
internal static class DatasetCipher
{
    private const int IvSize = 16;
    private const int PieceBytes = 1 << 20;

    /// <summary>Encrypts all of <paramref name="plain"/>; gives the checksum of what was written.</summary>
    /// <param name="plain">The dataset.</param>
    /// <param name="encrypted">Gets the encrypted form.</param>
    /// <param name="key">The key.</param>
    /// <param name="entropy">Gives the IV.</param>
    /// <param name="progress">Told how many bytes have been read; null for none.</param>
    /// <param name="cancellationToken">Stops between two pieces.</param>
    public static async Task<Bytes32> EncryptAsync(
        Stream plain, Stream encrypted, DatasetKey key, IEntropySource entropy, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var iv = new byte[IvSize];
        entropy.Fill(iv);
        using var aes = Aes.Create();
        aes.SetKey(key.Bytes);
        using var encryptor = aes.CreateEncryptor(aes.Key, iv);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(iv);
        await encrypted.WriteAsync(iv, cancellationToken).ConfigureAwait(false);

        var plainPiece = new byte[PieceBytes];
        byte[][] pieces = [new byte[PieceBytes], new byte[PieceBytes]];
        var handling = Task.CompletedTask;
        long done = 0;
        try
        {
            for (var turn = 0; ; turn ^= 1)
            {
                var read = await plain.ReadAtLeastAsync(plainPiece, PieceBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
                var isLast = read < PieceBytes;
                var piece = pieces[turn];
                // A whole piece is a multiple of the block: only the end is padded.
                ReadOnlyMemory<byte> ready = isLast
                    ? encryptor.TransformFinalBlock(plainPiece, 0, read)
                    : piece.AsMemory(0, encryptor.TransformBlock(plainPiece, 0, read, piece, 0));
                await handling.ConfigureAwait(false);
                done += read;
                progress?.Report(done);
                handling = HandleAsync(ready, hash, encrypted, cancellationToken);
                if (isLast)
                {
                    await handling.ConfigureAwait(false);
                    return new Bytes32(hash.GetHashAndReset());
                }
            }
        }
        finally
        {
            // The caller closes the streams: nothing may still be writing then.
            await handling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static Task HandleAsync(ReadOnlyMemory<byte> piece, IncrementalHash hash, Stream target, CancellationToken cancellationToken) => Task.Run(
        async () =>
        {
            hash.AppendData(piece.Span);
            await target.WriteAsync(piece, cancellationToken).ConfigureAwait(false);
        },
        cancellationToken);
}
