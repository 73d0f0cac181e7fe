using Iexec.Ethereum.Crypto;
using Iexec.Ethereum.Rlp;

namespace Iexec.Ethereum.Transactions;

/// <summary>The two wire forms of a transaction. Sources: EIP-155 (legacy), EIP-2718 and EIP-1559 (type 2).</summary>
internal static class TransactionCodec
{
    private const byte DynamicFeeType = 2;

    public static byte[] EncodeUnsigned(TransactionRequest request) => request.Fees switch
    {
        TransactionFees.Legacy fees => new RlpWriter()
            .List(list => Legacy(list, request, fees).Scalar(request.ChainId).Scalar(0).Scalar(0)).ToArray(),
        TransactionFees.DynamicFee fees => Typed(list => DynamicFee(list, request, fees)),
        _ => throw new InvalidOperationException("Unknown kind of fees."),
    };

    public static byte[] EncodeSigned(TransactionRequest request, Signature signature)
    {
        var (r, s) = (UInt256.FromBigEndian(signature.R.AsSpan()), UInt256.FromBigEndian(signature.S.AsSpan()));
        var parity = signature.V - 27;
        return request.Fees switch
        {
            TransactionFees.Legacy fees => new RlpWriter()
                .List(list => Legacy(list, request, fees).Scalar((request.ChainId * 2) + 35 + parity).Scalar(r).Scalar(s)).ToArray(),
            TransactionFees.DynamicFee fees => Typed(list => DynamicFee(list, request, fees).Scalar(parity).Scalar(r).Scalar(s)),
            _ => throw new InvalidOperationException("Unknown kind of fees."),
        };
    }

    public static DecodedTransaction Decode(ReadOnlyMemory<byte> raw)
    {
        if (raw.IsEmpty)
        {
            throw new RlpException("The transaction is empty.");
        }

        var (request, signature) = raw.Span[0] switch
        {
            DynamicFeeType => DecodeDynamicFee(Whole(raw[1..])),
            >= 0xc0 => DecodeLegacy(Whole(raw)),
            var type => throw new RlpException($"Transactions of type {type} are not supported."),
        };
        var sender = PublicKey.RecoverAddress(request.SigningHash, signature)
            ?? throw new RlpException("The signature of the transaction fits no key.");
        return new DecodedTransaction(request, signature, sender, Keccak256.Hash(raw.Span));
    }

    private static byte[] Typed(Action<RlpWriter> items) => [DynamicFeeType, .. new RlpWriter().List(items).ToArray()];

    private static RlpWriter Legacy(RlpWriter list, TransactionRequest request, TransactionFees.Legacy fees) =>
        Payload(list.Scalar(request.Nonce).Scalar(fees.GasPrice), request);

    private static RlpWriter DynamicFee(RlpWriter list, TransactionRequest request, TransactionFees.DynamicFee fees) =>
        Payload(list.Scalar(request.ChainId).Scalar(request.Nonce).Scalar(fees.MaxPriorityFeePerGas).Scalar(fees.MaxFeePerGas), request)
            .List(static _ => { });

    private static RlpWriter Payload(RlpWriter list, TransactionRequest request) =>
        (request.To is { } to ? list.Scalar(request.GasLimit).Bytes(to.AsSpan()) : list.Scalar(request.GasLimit).Bytes([]))
            .Scalar(request.ValueWei)
            .Bytes(request.Data.Span);

    private static RlpReader Whole(ReadOnlyMemory<byte> rlp)
    {
        var reader = new RlpReader(rlp);
        var list = reader.List();
        reader.End();
        return list;
    }

    private static (TransactionRequest Request, Signature Signature) DecodeLegacy(RlpReader list)
    {
        var nonce = list.Ulong();
        var gasPrice = list.Scalar();
        var (gasLimit, to, value, data) = ReadPayload(list);
        var v = list.Scalar();
        if (v < 35)
        {
            throw new RlpException("The transaction has no replay protection (EIP-155).");
        }

        var chainId = (v - 35) / 2;
        var request = new TransactionRequest(chainId, nonce, to, value, data, gasLimit, new TransactionFees.Legacy(gasPrice));
        return (request, ReadSignature(list, (v - 35) % 2));
    }

    private static (TransactionRequest Request, Signature Signature) DecodeDynamicFee(RlpReader list)
    {
        var chainId = list.Scalar();
        var nonce = list.Ulong();
        var priorityFee = list.Scalar();
        var maxFee = list.Scalar();
        var (gasLimit, to, value, data) = ReadPayload(list);
        if (!list.List().IsAtEnd)
        {
            throw new RlpException("Access lists are not supported.");
        }

        var request = new TransactionRequest(chainId, nonce, to, value, data, gasLimit, new TransactionFees.DynamicFee(maxFee, priorityFee));
        return (request, ReadSignature(list, list.Scalar()));
    }

    private static (ulong GasLimit, Address? To, UInt256 ValueWei, ReadOnlyMemory<byte> Data) ReadPayload(RlpReader list)
    {
        var gasLimit = list.Ulong();
        var to = list.Bytes();
        if (to.Length is not (0 or Address.Size))
        {
            throw new RlpException($"A recipient has {Address.Size} bytes or none, not {to.Length}.");
        }

        return (gasLimit, to.IsEmpty ? null : new Address(to.Span), list.Scalar(), list.Bytes());
    }

    private static Signature ReadSignature(RlpReader list, UInt256 parity)
    {
        if (parity > 1)
        {
            throw new RlpException("The recovery bit of a signature is 0 or 1.");
        }

        var signature = new Signature(list.Scalar().ToBytes32(), list.Scalar().ToBytes32(), (byte)(27 + (int)parity));
        list.End();
        return signature;
    }
}
