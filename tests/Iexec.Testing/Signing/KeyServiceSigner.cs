using Iexec.Ethereum;
using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Signing;

namespace Iexec.Testing.Signing;

/// <summary>What the owner of a key in a <see cref="KeyService"/> writes to give it to the client. Keeps a list of what it was asked for.</summary>
public sealed class KeyServiceSigner : ISigner
{
    private readonly KeyService _service;
    private readonly List<SigningRequest> _asked = [];

    public KeyServiceSigner(KeyService service)
    {
        _service = service;
        Address = PublicKey.TryParse(service.PublicPoint, out var key) ? key.Address : throw new InvalidOperationException("No point of secp256k1.");
    }

    public Address Address { get; }

    public IReadOnlyList<SigningRequest> Asked
    {
        get
        {
            lock (_asked)
            {
                return [.. _asked];
            }
        }
    }

    public async ValueTask<Signature> SignAsync(SigningRequest request, CancellationToken cancellationToken)
    {
        lock (_asked)
        {
            _asked.Add(request);
        }

        var digest = request.Digest;
        var answer = await _service.SignAsync(digest).WaitAsync(cancellationToken);
        return Signature.TryComplete(answer, digest, Address, out var signature)
            ? signature
            : throw new InvalidOperationException("The service signs with another key.");
    }
}
