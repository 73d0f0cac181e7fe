// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {AppOrder, DatasetOrder, RequestOrder, WorkerpoolOrder} from "../interfaces/Orders.sol";
import {IERC20Permit} from "../interfaces/External.sol";
import {IHub} from "../interfaces/IHub.sol";
import {Accounts} from "./Accounts.sol";
import {HubConfiguration, HubStorage} from "./HubStorage.sol";
import {SelfCall} from "./SelfCall.sol";

/// @title Tokens in, tokens out
/// @notice The accounts of a hub that stakes an ERC-20. Code only: `Hub` runs it in its own storage.
contract HubAccounts is Accounts, SelfCall {
    /// @notice Tokens of a deposit are on their way: what they are for is not settled yet.
    error DepositUnderWay();
    /// @notice The configuration names no token: a hub without one has `HubNativeAccounts`.
    error TokenMissing();
    /// @notice `receiveApproval` carries another call than matchOrders.
    error UnsupportedOperation(bytes4 operation);
    /// @notice `receiveApproval` or `depositAndMatchOrdersWithPermit` carries a request of somebody else.
    error CallerIsNotTheRequester();
    /// @notice The match in the same call failed without saying why.
    error OperationFailed();

    /// @dev Tokens come before they are counted, and a token may call out in between; then `recover` must not take them for
    /// surplus.
    bool private transient _depositing;

    constructor(HubConfiguration memory configuration_) HubStorage(configuration_) {
        if (address(configuration_.token) == address(0)) revert TokenMissing();
    }

    /// @notice What the hub is made with, for the piece that is made next.
    function configuration() external view returns (HubConfiguration memory) {
        return _configuration();
    }

    // ------------------------------------------------------------------ deposit

    /// @notice Moves `amount` of the caller's tokens (approved before) to its account. Reverts with the token's error or
    /// "failed-transferFrom", SupplyOutOfRange. Emits Transfer from zero.
    function deposit(uint256 amount) external returns (bool) {
        _deposit(msg.sender, msg.sender, amount);
        return true;
    }

    /// @notice `deposit` to the account of `target`.
    function depositFor(uint256 amount, address target) external returns (bool) {
        _deposit(msg.sender, target, amount);
        return true;
    }

    /// @notice `depositFor` each target its amount. Reverts "invalid-array-length".
    function depositForArray(uint256[] calldata amounts, address[] calldata targets) external returns (bool) {
        require(amounts.length == targets.length, "invalid-array-length");
        for (uint256 i = 0; i < amounts.length; ++i) {
            _deposit(msg.sender, targets[i], amounts[i]);
        }
        return true;
    }

    /// @notice Credits the owner with the tokens that were sent to the hub without a deposit, and with those alone.
    /// Owner only. Reverts DepositUnderWay within a deposit. Emits Transfer from zero.
    function recover() external returns (uint256 amount) {
        require(msg.sender == _owner(), "Ownable: caller is not the owner");
        if (_depositing) revert DepositUnderWay();
        amount = TOKEN.balanceOf(address(this)) - _totalSupply;
        _mint(msg.sender, amount);
    }

    /// @notice What `RLC.approveAndCall(hub, amount, data)` calls: deposits `amount` for `sender` and, when `data` is a
    /// call of matchOrders whose requester is `sender`, makes it.
    /// Reverts "wrong-token", as deposit, UnsupportedOperation, CallerIsNotTheRequester, as matchOrders,
    /// OperationFailed.
    function receiveApproval(address sender, uint256 amount, address token_, bytes calldata data)
        external
        returns (bool)
    {
        require(token_ == address(TOKEN), "wrong-token");
        _deposit(sender, sender, amount);
        if (data.length != 0) _matchFor(sender, data);
        return true;
    }

    // ------------------------------------------------------------------ with a permit (EIP-2612)

    /// @notice `deposit` without an approval before: the caller's signature allows the hub to take `amount`.
    /// Reverts as `deposit` when the permit is not good and nothing was approved.
    /// @param deadline of the permit, in seconds since 1970.
    function depositWithPermit(uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s)
        external
        returns (bool)
    {
        _usePermit(amount, deadline, v, r, s);
        _deposit(msg.sender, msg.sender, amount);
        return true;
    }

    /// @notice `depositWithPermit`, then matchOrders for the caller's own request: a first purchase in one transaction.
    /// Reverts CallerIsNotTheRequester, as deposit, as matchOrders, OperationFailed.
    /// @return dealid as matchOrders gives it.
    function depositAndMatchOrdersWithPermit(
        uint256 amount,
        uint256 deadline,
        uint8 v,
        bytes32 r,
        bytes32 s,
        AppOrder calldata appOrder,
        DatasetOrder calldata datasetOrder,
        WorkerpoolOrder calldata workerpoolOrder,
        RequestOrder calldata requestOrder
    ) external returns (bytes32 dealid) {
        if (requestOrder.requester != msg.sender) revert CallerIsNotTheRequester();
        _usePermit(amount, deadline, v, r, s);
        _deposit(msg.sender, msg.sender, amount);
        return _match(abi.encodeCall(IHub.matchOrders, (appOrder, datasetOrder, workerpoolOrder, requestOrder)));
    }

    // ------------------------------------------------------------------ coins are not taken

    /// @notice The hub takes no ether, and this is no function of it: reverts "fallback-disabled".
    fallback() external payable {
        revert("fallback-disabled");
    }

    /// @notice Reverts "fallback-disabled".
    receive() external payable {
        revert("fallback-disabled");
    }

    function _matchFor(address sender, bytes calldata data) private {
        bytes4 operation = bytes4(data);
        if (operation != IHub.matchOrders.selector) revert UnsupportedOperation(operation);
        (,,, RequestOrder memory request) =
            abi.decode(data[4:], (AppOrder, DatasetOrder, WorkerpoolOrder, RequestOrder));
        if (request.requester != sender) revert CallerIsNotTheRequester();
        _match(data);
    }

    function _match(bytes memory data) private returns (bytes32 dealid) {
        (bool success, bytes memory result) = _callSelf(data);
        if (success) return abi.decode(result, (bytes32));
        if (result.length == 0) revert OperationFailed();
        _bubble(result);
    }

    /// @dev A permit that somebody else brought to the token first has done its work, and one that is no good shows in
    /// the transfer.
    function _usePermit(uint256 amount, uint256 deadline, uint8 v, bytes32 r, bytes32 s) private {
        try IERC20Permit(address(TOKEN)).permit(msg.sender, address(this), amount, deadline, v, r, s) {} catch {}
    }

    function _deposit(address from, address target, uint256 amount) private {
        bool nested = _depositing;
        _depositing = true;
        require(TOKEN.transferFrom(from, address(this), amount), "failed-transferFrom");
        _mint(target, amount);
        _depositing = nested;
    }

    function _pay(address target, uint256 amount) internal override {
        require(TOKEN.transfer(target, amount), "failed-transfer");
    }
}
