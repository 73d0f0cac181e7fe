using System.Data;
using Dapper;
using Iexec.Ethereum;

namespace Iexec.ServiceDefaults.Stores;

/// <summary>
/// How the chain's values stand in columns: amounts as 64 hexadecimal digits, so that text order is numeric order;
/// addresses and hashes as lower-case hexadecimal with <c>0x</c>.
/// </summary>
internal static class DapperTypes
{
    private static readonly Lazy<bool> Registered = new(() =>
    {
        SqlMapper.AddTypeHandler(new UInt256Handler());
        SqlMapper.AddTypeHandler(new AddressHandler());
        SqlMapper.AddTypeHandler(new Bytes32Handler());
        return true;
    });

    public static void Register() => _ = Registered.Value;

    private sealed class UInt256Handler : SqlMapper.TypeHandler<UInt256>
    {
        public override UInt256 Parse(object value) => UInt256.Parse("0x" + (string)value);

        public override void SetValue(IDbDataParameter parameter, UInt256 value) => SetText(parameter, StoredText.Of(value));
    }

    private sealed class AddressHandler : SqlMapper.TypeHandler<Address>
    {
        public override Address Parse(object value) => Address.Parse((string)value);

        public override void SetValue(IDbDataParameter parameter, Address value) => SetText(parameter, value.ToHex());
    }

    private sealed class Bytes32Handler : SqlMapper.TypeHandler<Bytes32>
    {
        public override Bytes32 Parse(object value) => Bytes32.Parse((string)value);

        public override void SetValue(IDbDataParameter parameter, Bytes32 value) => SetText(parameter, value.ToString());
    }

    private static void SetText(IDbDataParameter parameter, string text)
    {
        parameter.DbType = DbType.String;
        parameter.Value = text;
    }
}
