namespace Iexec.Ethereum.Crypto.Secp256k1;

/// <summary>
/// λ·(x, y) = (β·x, y) on this curve (Gallant, Lambert and Vanstone 2001): a multiple by 256 bits becomes two by 128 bits,
/// k = k1 + k2·λ. For public scalars: who uses the parts looks at their signs.
/// </summary>
internal static class Endomorphism
{
    // A short basis of the lattice {(a, b): a + b·λ ≡ 0 (mod n)}, by the extended Euclidean algorithm on (n, λ):
    // (A1, B1) = (0x3086d221a7d46bcde86c90e49284eb15, −0xe4437ed6010e88286f547fa90abfe4c3), (A2, B2) with B2 = A1.
    // The first two numbers are round(2³⁸⁴·B2/n) and round(−2³⁸⁴·B1/n), the next two −B1 and −B2 modulo n.
    private static Scalar G1 => new(0xe893_209a_45db_b031, 0x3daa_8a14_71e8_ca7f, 0xe86c_90e4_9284_eb15, 0x3086_d221_a7d4_6bcd);

    private static Scalar G2 => new(0x1571_b4ae_8ac4_7f71, 0x2212_08ac_9df5_06c6, 0x6f54_7fa9_0abf_e4c4, 0xe443_7ed6_010e_8828);

    private static Scalar NegatedB1 => new(0x6f54_7fa9_0abf_e4c3, 0xe443_7ed6_010e_8828, 0, 0);

    private static Scalar NegatedB2 => new(0xd765_cda8_3db1_562c, 0x8a28_0ac5_0774_346d, 0xffff_ffff_ffff_fffe, 0xffff_ffff_ffff_ffff);

    private static Scalar NegatedLambda => new(0xe0cf_c810_b512_83cf, 0xa880_b9fc_8ec7_39c2, 0x5ad9_e3fd_77ed_9ba4, 0xac9c_52b3_3fa3_cf1f);

    private static FieldElement Beta => new(0xc139_6c28_7195_01ee, 0x9cf0_4975_12f5_8995, 0x6e64_479e_ac34_34e9, 0x7ae9_6a2b_657c_0710);

    internal static ProjectivePoint Apply(in ProjectivePoint point) => new(point.X * Beta, point.Y, point.Z);

    /// <summary>Both parts, or their negatives, are below 2¹²⁸.</summary>
    internal static (Scalar K1, Scalar K2) Split(in Scalar k)
    {
        var c1 = Scalar.MultiplyAndShift(k, G1);
        var c2 = Scalar.MultiplyAndShift(k, G2);
        var k2 = (c1 * NegatedB1) + (c2 * NegatedB2);
        return (k + (k2 * NegatedLambda), k2);
    }
}
