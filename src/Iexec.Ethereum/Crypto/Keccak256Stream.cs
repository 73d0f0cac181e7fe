namespace Iexec.Ethereum.Crypto;

/// <summary>Keccak-256 of data that comes in pieces. Not thread-safe; one instance makes one hash.</summary>
public sealed class Keccak256Stream
{
    private readonly ulong[] _state = new ulong[KeccakPermutation.Lanes];
    private readonly byte[] _pending = new byte[Keccak256.RateBytes];
    private int _pendingLength;
    private bool _finished;

    /// <summary>Takes the next piece.</summary>
    /// <exception cref="InvalidOperationException">The hash was already taken.</exception>
    public void Append(ReadOnlySpan<byte> data)
    {
        ThrowIfFinished();
        while (_pendingLength + data.Length >= Keccak256.RateBytes)
        {
            var taken = Keccak256.RateBytes - _pendingLength;
            data[..taken].CopyTo(_pending.AsSpan(_pendingLength));
            Keccak256.Absorb(_state, _pending);
            data = data[taken..];
            _pendingLength = 0;
        }

        data.CopyTo(_pending.AsSpan(_pendingLength));
        _pendingLength += data.Length;
    }

    /// <summary>The hash of everything appended; ends the stream.</summary>
    /// <exception cref="InvalidOperationException">The hash was already taken.</exception>
    public Bytes32 Finish()
    {
        ThrowIfFinished();
        _finished = true;
        Span<byte> digest = stackalloc byte[Bytes32.Size];
        Keccak256.Finish(_state, _pending.AsSpan(0, _pendingLength), digest);
        return new Bytes32(digest);
    }

    private void ThrowIfFinished()
    {
        if (_finished)
        {
            throw new InvalidOperationException("The hash was already taken; start another stream.");
        }
    }
}
