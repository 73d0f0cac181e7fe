// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.24;

/// @title RLC, the network's ERC-20 token
/// @notice 87,000,000 RLC of 9 decimals (1 RLC = 1e9 nRLC), all given to one holder at construction. No owner, no
/// lock, no further supply. Every amount is in nRLC.
contract RLC {
    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);

    /// @notice ERC-6093: `sender` holds `balance` nRLC and `needed` were asked for.
    error ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed);
    /// @notice ERC-6093: `spender` may spend `allowance` nRLC and `needed` were asked for.
    error ERC20InsufficientAllowance(address spender, uint256 allowance, uint256 needed);
    /// @notice EIP-2612: the permit was good until `deadline`.
    error ERC2612ExpiredSignature(uint256 deadline);
    /// @notice EIP-2612: the permit is signed by `signer`, not by `owner`.
    error ERC2612InvalidSigner(address signer, address owner);
    /// @notice ERC-6093: tokens are not sent to this address (zero).
    error ERC20InvalidReceiver(address receiver);

    string public constant name = "iEx.ec Network Token";
    string public constant symbol = "RLC";
    uint8 public constant decimals = 9;
    string public constant version = "v1.0";
    /// @notice The supply at construction, in nRLC.
    uint256 public constant initialSupply = 87_000_000e9;
    /// @notice Transfers are never locked; kept because clients of the historical token ask.
    bool public constant locked = false;

    /// @notice nRLC in existence: the initial supply less what holders burnt.
    uint256 public totalSupply = initialSupply;
    /// @notice nRLC held by an account.
    mapping(address account => uint256) public balanceOf;
    /// @notice nRLC that a spender may still take from an owner.
    mapping(address owner => mapping(address spender => uint256)) public allowance;

    /// @notice EIP-2612: how many permits of an owner were used.
    mapping(address owner => uint256) public nonces;

    bytes32 private constant PERMIT_TYPEHASH =
        keccak256("Permit(address owner,address spender,uint256 value,uint256 nonce,uint256 deadline)");
    bytes32 private constant DOMAIN_TYPEHASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");
    /// @dev Half of the order of secp256k1: above it lies the malleable twin of a signature.
    uint256 private constant MAX_S = 0x7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0;

    /// @param holder receives the whole supply.
    constructor(address holder) {
        balanceOf[holder] = initialSupply;
        emit Transfer(address(0), holder, initialSupply);
    }

    /// @notice Sends `amount` nRLC of the caller. Reverts ERC20InsufficientBalance, ERC20InvalidReceiver. Emits Transfer.
    function transfer(address to, uint256 amount) external returns (bool) {
        _transfer(msg.sender, to, amount);
        return true;
    }

    /// @notice Sends `amount` nRLC of `from` out of the caller's allowance; an allowance of 2^256-1 is never used up.
    /// Reverts ERC20InsufficientAllowance, ERC20InsufficientBalance, ERC20InvalidReceiver. Emits Transfer.
    function transferFrom(address from, address to, uint256 amount) external returns (bool) {
        uint256 allowed = allowance[from][msg.sender];
        if (allowed < amount) revert ERC20InsufficientAllowance(msg.sender, allowed, amount);
        if (allowed != type(uint256).max) {
            unchecked {
                allowance[from][msg.sender] = allowed - amount;
            }
        }
        _transfer(from, to, amount);
        return true;
    }

    /// @notice Lets `spender` take up to `amount` nRLC of the caller. Emits Approval.
    function approve(address spender, uint256 amount) external returns (bool) {
        _approve(msg.sender, spender, amount);
        return true;
    }

    /// @notice Approves `spender` and calls its `receiveApproval(caller, amount, this, data)` in the same transaction.
    /// Emits Approval. Reverts with whatever the spender reverts with, or empty when it has no code.
    function approveAndCall(address spender, uint256 amount, bytes calldata data) external {
        _approve(msg.sender, spender, amount);
        ISpender(spender).receiveApproval(msg.sender, amount, address(this), data);
    }

    /// @notice Lets `spender` take up to `value` nRLC of `owner`, who signed so (EIP-2612); anybody may bring the signature,
    /// once. Reverts ERC2612ExpiredSignature, ERC2612InvalidSigner. Emits Approval.
    /// @param deadline seconds since 1970 until which the signature is good.
    function permit(address owner, address spender, uint256 value, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external
    {
        if (block.timestamp > deadline) revert ERC2612ExpiredSignature(deadline);
        bytes32 structHash = keccak256(abi.encode(PERMIT_TYPEHASH, owner, spender, value, nonces[owner]++, deadline));
        bytes32 digest = keccak256(abi.encodePacked(hex"1901", DOMAIN_SEPARATOR(), structHash));
        address signer = uint256(s) > MAX_S ? address(0) : ecrecover(digest, v, r, s);
        if (signer == address(0) || signer != owner) revert ERC2612InvalidSigner(signer, owner);
        _approve(owner, spender, value);
    }

    /// @notice EIP-712 domain of permits: name and version of the token, the current chain, this contract.
    function DOMAIN_SEPARATOR() public view returns (bytes32) {
        return keccak256(
            abi.encode(DOMAIN_TYPEHASH, keccak256(bytes(name)), keccak256(bytes(version)), block.chainid, address(this))
        );
    }

    /// @notice Destroys `amount` nRLC of the caller. Reverts ERC20InsufficientBalance. Emits Transfer to zero.
    function burn(uint256 amount) external returns (bool) {
        _take(msg.sender, amount);
        unchecked {
            totalSupply -= amount;
        }
        emit Transfer(msg.sender, address(0), amount);
        return true;
    }

    function _transfer(address from, address to, uint256 amount) private {
        if (to == address(0)) revert ERC20InvalidReceiver(to);
        _take(from, amount);
        unchecked {
            balanceOf[to] += amount;
        }
        emit Transfer(from, to, amount);
    }

    function _take(address from, uint256 amount) private {
        uint256 balance = balanceOf[from];
        if (balance < amount) revert ERC20InsufficientBalance(from, balance, amount);
        unchecked {
            balanceOf[from] = balance - amount;
        }
    }

    function _approve(address owner, address spender, uint256 amount) private {
        allowance[owner][spender] = amount;
        emit Approval(owner, spender, amount);
    }
}

/// @dev The spender's answer is not read: historical spenders return nothing.
interface ISpender {
    function receiveApproval(address sender, uint256 amount, address token, bytes calldata data) external;
}
