/** By which the guide, and so everybody, knows the class of etcd's volumes. */
export const storageClassName = "ebs-sc";
